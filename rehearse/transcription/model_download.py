"""Fetching a Whisper model from the Hugging Face Hub: the one module of the program that opens a connection.

It speaks plain HTTP through the standard library, two kinds of request and no more: what files a commit of a repository
holds, and the bytes of such a file. No name of the person, no token and no count of downloads goes with them.
"""

import hashlib
import http
import http.client
import json
import os
import shutil
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

from rehearse import __version__
from rehearse.audio.disk import secure
from rehearse.errors import DownloadFailed, ModelUnusable, StorageFailed

PUBLIC_HUB = "https://huggingface.co"

#: What a model's folder is made of; of everything else that a repository holds nothing is fetched.
_WANTED = ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.*")
_NEEDED = ("config.json", "model.bin", "tokenizer.json", "vocabulary.*")

_TIMEOUT_S = 20.0
_BLOCK_BYTES = 256 * 1024
_SPARE_BYTES = 50_000_000

_BY_HAND = (
    "Without a network: bring a model's folder (config.json, model.bin, tokenizer.json, vocabulary.*) from elsewhere:\n"
    "  rehearse models add FOLDER"
)
_KEPT = "What came so far is kept: run the same command again to go on."


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    """
    sha256    of the bytes, for large files; '' where the Hub gives none
    git_blob  SHA-1 that git gives these bytes, for small files; '' where the Hub gives none
    """

    name: str
    size_bytes: int
    sha256: str = ""
    git_blob: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteModel:
    """One commit of a repository, with the files of a model in it.

    revision  the commit, 40 hexadecimal digits
    licence   as the repository states it, '' where it does not
    """

    repository: str
    revision: str
    licence: str
    files: tuple[RemoteFile, ...]

    @property
    def download_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)


def hub_address() -> str:
    """Where models are fetched from: HF_ENDPOINT, the Hub's own setting for mirrors, or else the public Hub.

    Raises DownloadFailed where HF_ENDPOINT is no web address.
    """
    address = os.environ.get("HF_ENDPOINT", "").rstrip("/") or PUBLIC_HUB
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise DownloadFailed(f"HF_ENDPOINT is '{address}', and that is not a web address.", "Correct it, or unset it.")
    return address


def look_up(repository: str, revision: str, hub: str, *, weights_sha256: str = "") -> RemoteModel:
    """What a commit, branch or tag of a repository holds, with the commit that it stands for now.

    weights_sha256  what model.bin must be whatever the Hub says of it; '' to believe the Hub

    Raises DownloadFailed where the Hub cannot be asked or has no such thing, ModelUnusable where it is no CTranslate2
    Whisper model.
    """
    address = f"{hub}/api/models/{urllib.parse.quote(repository)}/revision/{urllib.parse.quote(revision)}?blobs=true"
    try:
        with _open(address, {}) as answer:
            told = json.load(answer)
        files = tuple(_file(entry) for entry in told["siblings"] if _is_wanted(entry["rfilename"]))
        card = told.get("cardData") or {}
        found = RemoteModel(
            repository=repository, revision=str(told["sha"]), licence=str(card.get("license", "")), files=files
        )
    except urllib.error.HTTPError as error:
        raise _refused(error, hub, repository) from error
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(error, hub) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DownloadFailed(
            f"What answers at {hub} is not a model hub.", "Is there a log-in page in between, as in a hotel?"
        ) from error
    if missing := [name for name in _NEEDED if not any(fnmatch(file.name, name) for file in files)]:
        raise ModelUnusable(
            f"{repository} is not a CTranslate2 Whisper model: it has no {', '.join(missing)}.",
            "Such models are often called faster-whisper; see:  rehearse models list",
        )
    if weights_sha256:
        files = tuple(replace(f, sha256=weights_sha256) if f.name == "model.bin" else f for f in files)
    return replace(found, files=files)


def download(model: RemoteModel, folder: Path, hub: str, on_bytes: Callable[[int], None]) -> None:
    """Fetch the model's files into the folder, going on with what an earlier try left there, and verify each.

    on_bytes  told how many bytes of the whole are there, at first and as they come

    Raises DownloadFailed, with what came kept where it is good as far as it goes; StorageFailed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        here = sum(min(_size(folder / file.name), file.size_bytes) for file in model.files)
        on_bytes(here)
        if shutil.disk_usage(folder).free < model.download_bytes - here + _SPARE_BYTES:
            raise StorageFailed(
                f"There is no room for {(model.download_bytes - here) / 1e6:.0f} MB more on the disk of {folder}.",
                "Make room, or choose a smaller model:  rehearse models list",
            )
        before = 0
        for file in model.files:
            address = f"{hub}/{model.repository}/resolve/{model.revision}/{file.name}"
            _fetch(address, file, folder / file.name, partial(_add, on_bytes, before))
            before += file.size_bytes
    except urllib.error.HTTPError as error:
        raise _refused(error, hub, model.repository) from error
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        raise _unreachable(error, hub, _KEPT) from error
    except OSError as error:
        raise StorageFailed(
            f"The model cannot be written to {folder}.", "Is the disk full? Are you allowed to write there?"
        ) from error


def _add(on_bytes: Callable[[int], None], before: int, have: int) -> None:
    on_bytes(before + have)


def _is_wanted(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in _WANTED) and "/" not in name and "\\" not in name


def _file(entry: dict[str, Any]) -> RemoteFile:
    large = entry.get("lfs")
    return RemoteFile(
        name=entry["rfilename"],
        size_bytes=int(large["size"] if large else entry["size"]),
        sha256=str(large["sha256"]) if large else "",
        # Of a large file git knows only a pointer.
        git_blob="" if large else str(entry.get("blobId") or ""),
    )


def _fetch(address: str, file: RemoteFile, path: Path, on_bytes: Callable[[int], None]) -> None:
    have = _size(path)
    if have > file.size_bytes:
        path.unlink()
        have = 0
    while have < file.size_bytes or not path.exists():
        before = have
        try:
            _fetch_rest(address, file, path, on_bytes)
        except (TimeoutError, ConnectionError, http.client.HTTPException):
            # A long download is cut now and then: as long as each try brings something, the next goes on from there.
            if _size(path) <= before:
                raise
        except urllib.error.HTTPError as error:
            if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise
            # There is no more of it, and it is shorter than it should be.
            break
        have = _size(path)
        if have <= before and file.size_bytes:
            raise DownloadFailed(f"The connection was cut before {file.name} had come.", f"{_KEPT}\n{_BY_HAND}")
    if have != file.size_bytes or not _is_whole(file, path):
        path.unlink()
        raise DownloadFailed(
            f"{file.name} came, but it is not the file that it should be. It was deleted.",
            "Try again; if it happens again, something between you and the hub changes what is sent.",
        )
    secure(path)


def _fetch_rest(address: str, file: RemoteFile, path: Path, on_bytes: Callable[[int], None]) -> None:
    have = _size(path)
    with _open(address, {"Range": f"bytes={have}-"} if have else {}) as answer:
        if have and answer.status != 206:
            # It begins anew, whatever was asked for.
            have = 0
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.truncate(have)
            out.seek(have)
            while have <= file.size_bytes and (block := answer.read(_BLOCK_BYTES)):
                out.write(block)
                have += len(block)
                on_bytes(min(have, file.size_bytes))


def _is_whole(file: RemoteFile, path: Path) -> bool:
    """Whether the bytes are those the Hub described."""
    with path.open("rb") as content:
        if file.sha256:
            return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
        if file.git_blob:
            sha1 = hashlib.sha1(b"blob %d\0" % file.size_bytes, usedforsecurity=False)
            sha1.update(content.read())
            return sha1.hexdigest() == file.git_blob
    return True


def _open(address: str, headers: dict[str, str]) -> Any:
    request = urllib.request.Request(address, headers={"User-Agent": f"rehearse/{__version__}", **headers})
    return urllib.request.urlopen(request, timeout=_TIMEOUT_S)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _refused(error: urllib.error.HTTPError, hub: str, repository: str) -> DownloadFailed:
    # For what does not exist the Hub says 401 to whoever has not logged in.
    if error.code in (401, 403, 404):
        return DownloadFailed(f"{hub} has no public model {repository}.", "See which there are:  rehearse models list")
    return DownloadFailed(f"{hub} answers with error {error.code}. Try again later.", f"{_KEPT}\n{_BY_HAND}")


def _unreachable(error: BaseException, hub: str, kept: str = "") -> DownloadFailed:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return DownloadFailed(
            f"This machine cannot tell whether it really is {hub} that answers: its certificates do not fit.",
            "Is the clock right? With Python from python.org on macOS, run 'Install Certificates.command' once.\n"
            + _BY_HAND,
        )
    return DownloadFailed(
        f"{hub} cannot be reached, or stopped answering.", f"Are you online? {kept}".rstrip() + f"\n{_BY_HAND}"
    )
