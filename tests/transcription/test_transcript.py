"""The words of a chunk that were laid along its sound."""

import pickle

from rehearse.transcription.transcript import AlignedWords, Hesitation, Word


def test_aligned_words_are_words_and_keep_their_hesitations_on_the_way_between_processes() -> None:
    words = (Word(text="so", start_s=0.0, end_s=0.5), Word(text="yes", start_s=1.0, end_s=1.5))
    place = Hesitation(start_s=0.5, vowel_end_s=0.7, end_s=0.9)
    arrived = pickle.loads(pickle.dumps(AlignedWords.of(words, (place,))))
    assert arrived == words
    assert arrived.hesitations == (place,)
    assert AlignedWords(words).hesitations == ()
