"""Voices of other programs than flite and espeak-ng, many clauses at a time: festival's and SVOX Pico's.

Most of festival's are put together from diphones, as is flite's kal, which the bench holds out; most speak other
languages than English and read English as if it were theirs, which is of no matter to where speech begins and ends.
"""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from fixtures.voices import (
    FRAME,
    RATE_HZ,
    Sound,
    SpeechNotMade,
    cut_to_energy,
    frame_power,
    resampled,
    without_marks,
)
from rehearse.transcription.speech_course import runs

FESTIVAL = (
    "ked_diphone", "lp_diphone", "czech_ph", "czech_dita", "czech_machac", "suo_fi_lj_diphone", "hy_fi_mv_diphone",
    "cmu_us_slt_arctic_hts", "czech_krb",
)  # fmt: skip
PICO = ("en-US", "de-DE", "es-ES", "fr-FR", "it-IT")
#: Never trained on, to check with.
FESTIVAL_STRANGERS = ("pc_diphone", "msu_ru_nsh_clunits", "upc_ca_ona_hts")
PICO_STRANGERS = ("en-GB",)

#: A silence this long inside a clause is one that the voice made of its own accord.
_OWN_SILENCE_S = 0.13
#: Sound this far under the loudest 5 ms of a clause is one.
_SILENT_DB = -45.0
_MARGIN_S = 0.01


def festival(voice: str, texts: Sequence[str], stretch: float = 1.0) -> list[Sound]:
    """Each of the texts in one of festival's voices, cut to its sound; without those in which it made a pause."""
    with tempfile.TemporaryDirectory() as folder:
        script = [f"(voice_{voice})", f"(Parameter.set 'Duration_Stretch {stretch:.3f})"]
        for number, text in enumerate(texts):
            base = f"{folder}/{number}"
            # One clause that the voice cannot say ends festival's whole run if it is not guarded.
            script.append(
                f'(unwind-protect (begin (set! u (Utterance Text "{without_marks(text)}")) (utt.synth u)'
                f' (utt.save.wave u "{base}.wav" \'riff) (utt.save.segs u "{base}.seg")) nil)'
            )
        path = Path(folder) / "say.scm"
        path.write_text("\n".join(script), encoding="ascii")
        try:
            subprocess.run(["festival", "-b", str(path)], capture_output=True, timeout=300, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SpeechNotMade("festival could not be run; is it installed?") from error
        made = [_clause(Path(folder) / f"{number}.wav") for number in range(len(texts))]
    return [sound for sound in made if sound is not None]


def pico(language: str, texts: Sequence[str], tempo: float = 1.0) -> list[Sound]:
    """Each of the texts in Pico's voice for a language, as `festival`."""
    # Begun anew: its own noise goes on from clause to clause.
    engine = _pico(language)
    engine.rate = round(100 * tempo)
    made = []
    for text in texts:
        heard = engine.speak(without_marks(text))
        sound = np.frombuffer(heard, "<i2").astype(np.float64) / 32768
        made.append(_without_silence(sound) if len(sound) else None)
    return [sound for sound in made if sound is not None]


def _clause(path: Path) -> Sound | None:
    try:
        sound, rate = soundfile.read(path)
        rows = [line.split() for line in path.with_suffix(".seg").read_text(encoding="latin-1").splitlines()]
    except (OSError, soundfile.SoundFileError):
        return None
    ends = [(row[2], float(row[0])) for row in rows if len(row) == 3]
    heard = [number for number, (name, _) in enumerate(ends) if name not in ("pau", "#")]
    if not heard or heard[-1] - heard[0] >= len(heard):
        return None
    begin_s = ends[heard[0] - 1][1] if heard[0] else 0.0
    end_s = ends[heard[-1]][1]
    sound = sound[max(0, round((begin_s - _MARGIN_S) * rate)) : round((end_s + _MARGIN_S) * rate)]
    return _without_silence(resampled(sound, rate)) if len(sound) else None


def _without_silence(sound: Sound) -> Sound | None:
    """The sound cut at its ends; None where there is none, or a silence in it."""
    if np.abs(sound).max() < 0.01:
        return None
    cut = cut_to_energy(sound)[0]
    power = frame_power(cut)
    silent = runs(power < power.max() * 10 ** (_SILENT_DB / 10))
    return None if any((end - start) * FRAME > _OWN_SILENCE_S * RATE_HZ for start, end in silent) else cut


def _pico(language: str) -> Any:
    try:
        from ttspico import TtsEngine
    except ImportError as error:
        raise SpeechNotMade("Pico could not be run; is ttspico installed?") from error
    return TtsEngine(language)
