import pytest

from rehearse.settings import bundled_demo


@pytest.mark.slow
def test_the_demo_judges_three_answers_and_flags_the_rambling_one(rehearse, temporary_home):
    outcomes = rehearse("demo", "--json").json
    assert [out["attempt"] for out in outcomes] == [1, 2, 3]
    assert outcomes[0]["verdict"]["long_winded"] != "no" and outcomes[-1]["verdict"]["long_winded"] == "no"
    lengths = [out["answer_s"] for out in outcomes]
    assert lengths == sorted(lengths, reverse=True)
    assert outcomes[-1]["comparison"]["earlier_count"] == 2
    why = outcomes[-1]["comparison"]["why"]
    assert abs(sum(why.values()) - outcomes[-1]["comparison"]["change_s"]) < 0.01
    assert not temporary_home.exists()


def test_the_demo_answers_are_there_with_their_truth():
    names = {path.name for path in bundled_demo().iterdir()}
    assert names == {
        "demo.json",
        *(f"{answer}.{kind}" for answer in ("1-rambling", "2-better", "3-good") for kind in ("flac", "json")),
    }
