"""How often ordinary English has a word: only the order of sizes matters."""

from rehearse.transcription.ordinary_english import ordinary_share


def test_common_words_are_common_and_unknown_ones_have_no_share() -> None:
    share = ordinary_share()
    assert share(["the"]) > 0.01 > share(["obviously"]) > 1e-5 > share(["mentor"]) > 0.0
    assert share(["qqzzx"]) == 0.0 == share(["the", "qqzzx"])


def test_a_phrase_is_in_its_order() -> None:
    share = ordinary_share()
    assert share(["to", "be", "honest"]) > 100 * share(["honest", "be", "to"])
    assert share(["you", "know"]) < share(["you"])
