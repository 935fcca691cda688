"""Rates from counts and durations. Words are counted, not syllables; None where a part of the sum is unknown."""


def speech_rate(word_count: int | None, answer_s: float | None) -> float | None:
    """Words per minute of answer duration, silent pauses included, > 0.

    Source: De Jong & Wempe (2009), Behavior Research Methods 41:385-390, who count syllables.
    """
    return _per_minute(word_count, answer_s)


def articulation_rate(word_count: int | None, phonation_s: float | None) -> float | None:
    """Words per minute of phonation time, silent pauses left out, > 0.

    Source: De Jong & Wempe (2009), Behavior Research Methods 41:385-390, who count syllables.
    """
    return _per_minute(word_count, phonation_s)


def fillers_per_min(filler_count: int | None, answer_s: float | None) -> float | None:
    """Fillers per minute of answer duration, >= 0.

    Source: Laske & DiGennaro Reed (2024), Journal of Applied Behavior Analysis, doi 10.1002/jaba.1093.
    """
    return _per_minute(filler_count, answer_s)


def fillers_per_100_words(filler_count: int | None, word_count: int | None) -> float | None:
    """Fillers per 100 words, filled pauses not being words themselves, >= 0.

    Source: Bortfeld et al. (2001), Language and Speech 44:123-147, for the unit.
    """
    if filler_count is None or not word_count:
        return None
    return 100.0 * filler_count / word_count


def mean_length_of_run(word_count: int | None, silent_pause_count: int | None) -> float | None:
    """Words between two silent pauses, on average: words / (pauses + 1), > 0.

    Source: Kormos & Dénes (2004), System 32:145-164, who count syllables between pauses of 0.25 s and more.
    """
    if word_count is None or silent_pause_count is None:
        return None
    return word_count / (silent_pause_count + 1)


def _per_minute(count: int | None, duration_s: float | None) -> float | None:
    if count is None or not duration_s:
        return None
    return 60.0 * count / duration_s
