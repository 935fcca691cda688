from dataclasses import replace
from datetime import timedelta

import pytest

from rehearse.measurement.calibration import Calibrated, Calibration
from rehearse.storage.store import Store
from rehearse.transcription.transcript import EngineIdentity

WHISPER = EngineIdentity(name="whisper", model="small.en", version="1.2.1", options={"language": "en"})
DRAFT = EngineIdentity(name="draft", model="en-us", version="5.1.1")
FOUND = Calibration(
    text_words=102,
    words_read=102,
    words_heard=97,
    word_error_ratio=1 / 17,
    fillers_spoken=8,
    fillers_heard_text=4,
    fillers_heard_sound=None,
    fillers_heard=4,
    false_fillers=1,
    level_dbfs=-23.45,
    noise_floor_dbfs=None,
    snr_db=None,
    clipped=False,
)


@pytest.fixture
def keep(store, now):
    """keep(heard=6, days=1, ...): a calibration kept, made so many days from now."""

    def made(heard=6, days=0, device="Yeti", engine=WHISPER):
        calibrated = Calibrated(
            made_at=now + timedelta(days=days), device=device, engine=engine, found=replace(FOUND, fillers_heard=heard)
        )
        store.keep_calibration(calibrated)
        return calibrated

    return made


def heard(calibrated):
    return None if calibrated is None else calibrated.found.fillers_heard


def test_what_was_kept_comes_back_exactly(store, keep, database, recordings):
    kept = keep(device="Ye\x1bti <b>é</b>")
    with Store.open(database, recordings) as again:
        found = again.calibration(WHISPER)
    assert found == replace(kept, engine=replace(WHISPER, options={}))


def test_the_latest_counts_by_when_it_was_made(store, keep):
    keep(heard=3, days=2)
    keep(heard=5, days=1)
    assert heard(store.calibration(WHISPER)) == 3


def test_another_engine_or_model_tells_nothing(store, keep):
    keep()
    assert store.calibration(DRAFT) is None
    assert store.calibration(replace(WHISPER, model="base.en")) is None
    assert heard(store.calibration(replace(WHISPER, version="1.3"))) == 6


def test_a_microphone_has_its_own_and_a_recording_from_elsewhere_takes_the_latest(store, keep):
    keep(heard=7, device="Yeti")
    keep(heard=2, days=1, device="Built-in")
    assert heard(store.calibration(WHISPER, "Yeti")) == 7
    assert heard(store.calibration(WHISPER, "Built-in")) == 2
    assert store.calibration(WHISPER, "Phone") is None
    assert heard(store.calibration(WHISPER)) == 2


def test_it_tells_nothing_of_another_language(store, keep):
    multilingual = replace(WHISPER, model="small")
    keep(engine=multilingual)
    assert store.calibration(replace(multilingual, options={"language": "de"})) is None
    assert store.calibration(replace(multilingual, options={})) is None
    assert heard(store.calibration(multilingual)) == 6


@pytest.mark.parametrize("record", ["{", "{}", '{"words_read": "many"}'])
def test_a_damaged_one_is_as_none_at_all(store, keep, beside, record):
    keep()
    beside.execute("UPDATE calibration SET record = ?", (record,))
    assert store.calibration(WHISPER) is None
