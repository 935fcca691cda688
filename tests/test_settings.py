from pathlib import Path

import pytest

from rehearse.errors import SettingsInvalid
from rehearse.settings import load_settings


def settings_of(tmp_path: Path, toml: str, **environment: str):
    (tmp_path / "settings.toml").write_text(toml, encoding="utf-8")
    return load_settings(
        {"REHEARSE_HOME": str(tmp_path), "REHEARSE_CONFIG": str(tmp_path / "settings.toml"), **environment}
    )


def test_without_a_file_every_setting_has_its_default(tmp_path):
    settings = load_settings({"REHEARSE_HOME": str(tmp_path), "REHEARSE_CONFIG": str(tmp_path / "none.toml")})
    assert (settings.practice.target_low_s, settings.practice.target_high_s) == (60, 120)
    assert settings.transcription.engine == "auto" and settings.fillers.also == ()
    assert settings.database == tmp_path / "rehearse.db"


def test_what_the_file_says_holds(tmp_path):
    settings = settings_of(
        tmp_path, '[practice]\ntarget_high_s = 90\nquiet_clock = true\n[fillers]\nalso = ["right"]\n'
    )
    assert settings.practice.target_high_s == 90.0 and settings.practice.quiet_clock
    assert settings.fillers.also == ("right",)


def test_whether_recordings_are_packed_can_be_set_and_where_they_lie_cannot(tmp_path):
    assert settings_of(tmp_path, "").keeping.pack
    settings = settings_of(tmp_path, "[recordings]\npack = false\n")
    assert not settings.keeping.pack and settings.recordings == tmp_path / "recordings"
    with pytest.raises(SettingsInvalid, match="pack must be true or false"):
        settings_of(tmp_path, '[recordings]\npack = "no"\n')


def test_the_environment_wins(tmp_path):
    settings = settings_of(
        tmp_path, '[transcription]\nengine = "whisper"\n', REHEARSE_ENGINE="draft", REHEARSE_DEVICE="USB"
    )
    assert settings.transcription.engine == "draft" and settings.microphone.device == "USB"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[practice]\ntarget_low_s = 120\ntarget_high_s = 60\n", "less than"),
        ("[practice]\ncountdown_s = 99\n", "between 0 and 30"),
        ("[practice]\ncountdown_s = true\n", "whole number"),
        ("[practice]\nquiet_clock = 1\n", "true or false"),
        ("[practice]\ntarget_high_s = nan\n", "between"),
        ("[fillers]\nalso = \"right\"\n", "list of words"),
        ("[fillers]\nalso = [1]\n", "list of words"),
        ("practice = 3\n", "must be a section"),
        ("[zzz]\n", "there are practice"),
        ("not toml", "Line 1 is not written as TOML"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(tmp_path, toml, says):
    with pytest.raises(SettingsInvalid, match=says):
        settings_of(tmp_path, toml)


def test_a_wrong_variable_is_named_as_one(tmp_path):
    with pytest.raises(SettingsInvalid, match="REHEARSE_ENGINE must be one of"):
        settings_of(tmp_path, "", REHEARSE_ENGINE="best")
