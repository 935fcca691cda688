"""The Whisper models that can be fetched by name: a short list, each pinned to one commit."""

from dataclasses import dataclass

_PAPER = "LibriSpeech test-clean; Radford et al. 2022, appendix D"
_DISTIL = "in a harder mix of tests, by its model card"
_TURBO = "in other tests, by the model card of distil-large-v3.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownModel:
    """A model that can be fetched, as its makers describe it.

    repository          owner and name on the Hugging Face Hub
    revision            the commit there that is fetched
    weights_sha256      of model.bin in that commit, hexadecimal
    download_bytes      all its files together
    word_error_percent  words wrong of 100, English, as published
    tested_on           the test behind that figure, and who published it; figures of two tests do not compare
    licence             SPDX name
    """

    name: str
    repository: str
    revision: str
    weights_sha256: str
    download_bytes: int
    word_error_percent: float
    tested_on: str = _PAPER
    licence: str = "MIT"

    @property
    def english_only(self) -> bool:
        return english_only(self.name)


#: The least accurate for English first.
KNOWN: tuple[KnownModel, ...] = (
    KnownModel(
        name="tiny",
        repository="Systran/faster-whisper-tiny",
        revision="d90ca5fe260221311c53c58e660288d3deb8d356",
        weights_sha256="dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1",
        download_bytes=78_203_619,
        word_error_percent=7.6,
    ),
    KnownModel(
        name="tiny.en",
        repository="Systran/faster-whisper-tiny.en",
        revision="0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        weights_sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        download_bytes=78_090_594,
        word_error_percent=5.6,
    ),
    KnownModel(
        name="base",
        repository="Systran/faster-whisper-base",
        revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        weights_sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        download_bytes=147_882_941,
        word_error_percent=5.0,
    ),
    KnownModel(
        name="base.en",
        repository="Systran/faster-whisper-base.en",
        revision="3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        weights_sha256="2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef",
        download_bytes=147_769_510,
        word_error_percent=4.2,
    ),
    # Its few decoder layers leave out more of what people say between the words, so it stands before small.
    KnownModel(
        name="distil-small.en",
        repository="Systran/faster-distil-whisper-small.en",
        revision="ef77d90526ccd62cde3808ee70626a01e5cf83e4",
        weights_sha256="1187de3982cdcf962a2fb8f797e429fb4651b875b18fe9ce50b58b52fc9072b7",
        download_bytes=335_542_354,
        word_error_percent=12.1,
        tested_on=_DISTIL,
    ),
    KnownModel(
        name="small",
        repository="Systran/faster-whisper-small",
        revision="536b0662742c02347bc0e980a01041f333bce120",
        weights_sha256="3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671",
        download_bytes=486_212_372,
        word_error_percent=3.4,
    ),
    KnownModel(
        name="small.en",
        repository="Systran/faster-whisper-small.en",
        revision="d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        weights_sha256="62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a",
        download_bytes=486_098_798,
        word_error_percent=3.1,
    ),
    KnownModel(
        name="large-v3-turbo",
        repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        revision="0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        weights_sha256="e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
        download_bytes=1_621_665_983,
        word_error_percent=7.3,
        tested_on=_TURBO,
    ),
)


#: A model of this project's own tests, in models/ of a checkout. It writes made-up words for anything but its own few
#: sentences, so it is never listed, found or chosen; naming its folder in the settings or REHEARSE_MODEL works.
TEST_MODEL = "tiny-test"


def known_model(name: str) -> KnownModel | None:
    """The model of that name, or whose repository it names in full or by its last part."""
    for known in KNOWN:
        if name in (known.name, known.repository, known.repository.partition("/")[2]):
            return known
    return None


def recommended(language: str, processors: int, *, graphics_card: bool = False) -> KnownModel:
    """The model to begin with, for a person whose machine has had no chance to show its speed yet."""
    name = "small" if processors >= 4 else "base"
    found = known_model("large-v3-turbo" if graphics_card else f"{name}.en" if language == "en" else name)
    assert found is not None
    return found


def english_only(name: str) -> bool:
    """Whether a model of that name knows no other language, by the custom of all who publish them."""
    return name.endswith(".en")
