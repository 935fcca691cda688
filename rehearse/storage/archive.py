"""What a backup looks like: one ZIP with the library's file, its recordings, the settings, and a list of them all.

The list, `manifest.json`, comes last and has the size and the SHA-256 of every file. Models are not in it: they can be
fetched again. Sound is stored as it is, since FLAC does not get smaller.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from rehearse.errors import StorageFailed

#: Of the layout of the archive; a higher one is not read.
FORMAT = 1
MANIFEST = "manifest.json"
LIBRARY = "rehearse.db"
SETTINGS = "settings.toml"
RECORDINGS = "recordings/"

CHUNK_BYTES = 1 << 20
_LARGEST_MANIFEST = 64 << 20
#: Neither up, nor to a drive, nor anywhere a name on some system could mean more than a file of that name.
_SAFE_PART = re.compile(r"(?!\.{1,2}$)[^\\/:*?\"<>|\x00-\x1f\x7f]+")

#: Told how many bytes are done, of how many.
OnBytes: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a backup: its size and the SHA-256 of what is in it, in hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """
    made_at  when, as ISO-8601 text
    files    by their names in the archive, without the manifest itself
    missing  recordings that the library named and that were not there
    """

    made_at: str
    files: Mapping[str, Entry]
    missing: tuple[str, ...]

    @property
    def total_bytes(self) -> int:
        return sum(entry.size for entry in self.files.values())

    @property
    def recording_count(self) -> int:
        return sum(name.startswith(RECORDINGS) for name in self.files)

    def written(self, version: str) -> bytes:
        """As it stands in the archive; version is that of the program."""
        told = {
            "format": FORMAT,
            "rehearse": version,
            "made_at": self.made_at,
            "files": {name: {"bytes": entry.size, "sha256": entry.sha256} for name, entry in self.files.items()},
            "missing": list(self.missing),
        }
        return json.dumps(told, indent=1).encode()


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive and its list, checked against each other by name and size; raises StorageFailed for anything else."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest_of(archive, file)
            yield archive, manifest
    except FileNotFoundError as error:
        raise StorageFailed(f"There is no file {file}.", "Check the name and the folder.") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise not_a_backup(file) from error


def not_a_backup(file: Path) -> StorageFailed:
    return StorageFailed(
        f"{file} is not a backup of rehearse, or it is damaged. Nothing was changed.", "Is there another copy of it?"
    )


def _manifest_of(archive: zipfile.ZipFile, file: Path) -> Manifest:
    infos = {info.filename: info for info in archive.infolist()}
    listed = infos.pop(MANIFEST, None)
    if listed is None or listed.file_size > _LARGEST_MANIFEST or len(infos) + 1 != len(archive.infolist()):
        raise not_a_backup(file)
    with archive.open(listed) as stream:
        manifest = _read(stream.read(_LARGEST_MANIFEST + 1), file)
    sizes = {name: info.file_size for name, info in infos.items()}
    as_listed = {name: entry.size for name, entry in manifest.files.items()}
    if sizes != as_listed or LIBRARY not in sizes or not all(map(_is_safe, sizes)):
        raise not_a_backup(file)
    return manifest


def _read(written: bytes, file: Path) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(written)
        newer = int(told["format"]) > FORMAT
        manifest = Manifest(
            made_at=str(told["made_at"]),
            files={
                str(name): Entry(size=int(each["bytes"]), sha256=str(each["sha256"]))
                for name, each in told["files"].items()
            },
            missing=tuple(map(str, told["missing"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise not_a_backup(file) from error
    if newer:
        raise StorageFailed(f"{file} was made by a newer rehearse than this one.", "Install the newest rehearse.")
    return manifest


def _is_safe(name: str) -> bool:
    """Whether the name is one that a backup may have, and leads nowhere but into the home."""
    if name in (LIBRARY, SETTINGS):
        return True
    folder, *parts = name.split("/")
    return folder + "/" == RECORDINGS and bool(parts) and all(_SAFE_PART.fullmatch(part) for part in parts)
