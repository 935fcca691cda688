import random
import re
from datetime import UTC, datetime

import pytest

from rehearse.follow_ups import TAG, bundled_follow_ups, draft_of, fitting, follow_up_to
from rehearse.question import Question
from rehearse.question_file import bundled_sets

NOW = datetime(2026, 11, 3, tzinfo=UTC)
SETS = {each.name: each for each in bundled_sets()}
KINDS = sorted({tag for each in SETS.values() for draft in each.questions for tag in draft.tags} - SETS.keys())


def question(text="Tell me about a mistake you made.", *tags, number=1):
    return Question(id=number, text=text, created_at=NOW, tags=tags)


def test_there_are_about_forty_and_none_twice():
    every = [text for texts in bundled_follow_ups().values() for text in texts]
    assert len(every) >= 40 and len(set(every)) == len(every)
    assert all(re.fullmatch(r"[A-Z][^!]{8,70}\?", text) for text in every)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_has_its_own(kind):
    own = bundled_follow_ups()[kind]
    assert fitting(question("Hm?", "a tag", kind)) == (*own, *bundled_follow_ups()["any"])


@pytest.mark.parametrize(
    ("text", "is_story"),
    [
        ("Tell me about a time you failed.", True),
        ("Describe one situation that went wrong.", True),
        ("Why this job?", False),
        ("How much time do you need?", False),
    ],
)
def test_without_a_tag_a_story_is_known_by_its_words(text, is_story):
    assert ("And what would you do differently?" in fitting(question(text))) is is_story


def test_none_comes_again_before_all_were_asked():
    asked, kept = question("Why this job?"), []
    for number, _ in enumerate(fitting(asked), start=2):
        draft = draft_of(follow_up_to(asked, kept, random.Random(number)), asked)
        kept.append(question(draft.text, *draft.tags, number=number))
    assert len({each.text for each in kept}) == len(fitting(asked))
    assert follow_up_to(asked, kept, random.Random(1)) in fitting(asked)
    # After another question they are new.
    assert follow_up_to(question("Why us?"), kept, random.Random(5)) == follow_up_to(
        question("Why us?"), [], random.Random(5)
    )


def test_it_is_kept_as_a_question_that_names_what_it_came_after():
    draft = draft_of("Why is that important to you?", question("Why  this job?"))
    assert draft.text == "Why is that important to you? (after: Why this job?)"
    assert draft.tags == (TAG,) and draft.target is not None
