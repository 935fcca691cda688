"""A person's own verbal tics: what they say far more often than ordinary speech does, whatever the question."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rehearse.measurement.fillers import filled_pauses, fillers_in
from rehearse.measurement.languages import filler_list
from rehearse.measurement.markers import words as words_of
from rehearse.measurement.words import Token, phrase_of, tokens_of
from rehearse.transcription.transcript import Transcript

#: Own choices, all of them: fewer answers show what somebody talked about, not how they talk.
LEAST_ATTEMPTS, LEAST_QUESTIONS = 4, 2
LEAST_COUNT, LEAST_SHARE_OF_ATTEMPTS = 5, 0.4
TIMES_USUAL = 8.0
#: A tic is an ordinary word too often; a word that is rare everywhere is a matter of the subject.
LEAST_USUAL_SHARE = 10e-6
LONGEST_PHRASE = 3

#: What everybody speaks of in an interview.
_OF_THE_JOB = words_of(
    "boss business career client clients colleague colleagues companies company customer customers data deadline job"
    " manager managers project projects problem problems product question role skills software system task tasks team"
    " teams user users work worked working year years month months week weeks"
)
#: A phrase that begins or ends with one of these is a piece of a longer one.
_LOOSE_ENDS = words_of(
    "a an and are as be been but by for from had has have he her his i i'd i'm i've in is it its me my our she so that"
    " the their them there they this to was we we're were when which who with you your"
)
#: Phrases that open with a preposition may be tics: 'to be honest', 'at the end', 'in terms of'.
_MAY_OPEN = words_of("as by for from in to with")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One answer: its question's number, the texts that set its subject (the question, its points), its words."""

    question_id: int
    subject: tuple[str, ...]
    transcript: Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Tic:
    """
    attempt_count  in how many answers it stands, of attempts_in_all
    count          how often, in all of them together
    times_usual    how many times the count that ordinary speech of the same length has
    """

    text: str
    attempt_count: int
    attempts_in_all: int
    count: int
    times_usual: float


def enough(answers: Sequence[Spoken]) -> bool:
    """Whether there are answers enough, to questions different enough, to tell a tic from a subject."""
    questions = {answer.question_id for answer in answers}
    return len(answers) >= LEAST_ATTEMPTS and len(questions) >= LEAST_QUESTIONS


def tics(
    answers: Sequence[Spoken],
    usual_share: Callable[[Sequence[str]], float],
    also: Sequence[str] = (),
    never: Sequence[str] = (),
) -> tuple[Tic, ...]:
    """Words and phrases of two or three words worth counting for this person, the most used first.

    answers      all in one language
    usual_share  the share of places in ordinary speech where the phrase begins, 0 to 1; 0 where it is unknown
    also, never  the person's own lists: what is decided already is not proposed

    Left out: fillers counted already, words of the question, and what is said in answers to one question only.
    Own choice throughout; the comparison with ordinary speech is that of keyness in corpus studies (Scott 1997).
    """
    if not enough(answers):
        return ()
    decided = {phrase_of(text) for text in (*also, *never)}
    word_total = 0
    counts: dict[tuple[str, ...], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for number, answer in enumerate(answers):
        tokens = tokens_of(answer.transcript.words)
        word_total += len(tokens)
        subject = {token for text in answer.subject for token in phrase_of(text)}
        for phrase in _phrases(tokens, answer.transcript.language, also, never):
            if phrase not in decided and not any(_is_of(word, subject) for word in phrase):
                counts[phrase][number] += 1
    found: dict[tuple[str, ...], Tic] = {}
    for phrase, by_answer in counts.items():
        tic = _tic(phrase, by_answer, answers, word_total, usual_share)
        if tic:
            found[phrase] = tic
    kept = [tic for phrase, tic in found.items() if not _is_inside_another(phrase, tic, found)]
    return tuple(sorted(kept, key=lambda tic: (-tic.count, -tic.times_usual, tic.text)))


def _phrases(
    tokens: Sequence[Token], language: str, also: Sequence[str], never: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Every phrase within a clause, without the fillers that count already and without the words they are made of."""
    sounds = filled_pauses(tokens, language, never)
    counted = {filler.start_s for filler in fillers_in(tokens, sounds, language, (), also, never)}
    markers = {tuple(marker.phrase.split()) for marker in filler_list(language).markers}
    for first in range(len(tokens)):
        phrase: tuple[str, ...] = ()
        for token in tokens[first : first + LONGEST_PHRASE]:
            if token.start_s in counted:
                break
            phrase += (token.plain,)
            if not any(phrase[place:] in markers for place in range(len(phrase))) and _stands_alone(phrase):
                yield phrase
            if token.ends_clause:
                break


def _stands_alone(phrase: tuple[str, ...]) -> bool:
    if any(word in _OF_THE_JOB or not word[0].isalpha() for word in phrase):
        return False
    if len(phrase) == 1:
        return phrase[0] not in _LOOSE_ENDS
    return phrase[-1] not in _LOOSE_ENDS and (phrase[0] not in _LOOSE_ENDS or phrase[0] in _MAY_OPEN)


def _is_of(word: str, subject: set[str]) -> bool:
    """Whether it is a word of the subject, in any form: 'disagreed' and 'disagreement' begin alike."""
    return word in subject or any(len(word) > 5 and word[:5] == other[:5] for other in subject)


def _tic(
    phrase: tuple[str, ...],
    by_answer: dict[int, int],
    answers: Sequence[Spoken],
    word_total: int,
    usual_share: Callable[[Sequence[str]], float],
) -> Tic | None:
    count = sum(by_answer.values())
    questions = {answers[number].question_id for number in by_answer}
    spread = len(by_answer) >= LEAST_SHARE_OF_ATTEMPTS * len(answers) and len(questions) >= LEAST_QUESTIONS
    if count < LEAST_COUNT or not spread:
        return None
    usual = usual_share(phrase)
    rare = usual < LEAST_USUAL_SHARE if len(phrase) == 1 else usual <= 0
    if rare or count < TIMES_USUAL * usual * word_total:
        return None
    return Tic(
        text=" ".join(phrase),
        attempt_count=len(by_answer),
        attempts_in_all=len(answers),
        count=count,
        times_usual=count / (usual * word_total),
    )


def _is_inside_another(phrase: tuple[str, ...], tic: Tic, found: dict[tuple[str, ...], Tic]) -> bool:
    """Whether a longer tic holds most of what was found of this one."""
    return any(
        len(other) > len(phrase)
        and any(other[place : place + len(phrase)] == phrase for place in range(len(other)))
        and 2 * longer.count > tic.count
        for other, longer in found.items()
    )
