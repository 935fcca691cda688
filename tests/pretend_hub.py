"""A model hub on this machine: answers the two kinds of request that a pull makes, as the Hugging Face Hub does."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

REVISION = "0123456789abcdef0123456789abcdef01234567"


class PretendHub:
    """
    requests  'path' or 'path range' of every request so far
    cut_at    bytes of an answer after which the connection breaks, one for each coming answer with a file's bytes
    ranges    whether a request for the rest of a file is granted
    changed   by file name: other bytes than those that were announced
    failing   answers everything with this status where it is not 0
    page      answers everything with this page where it is not ''
    """

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.cut_at: list[int] = []
        self.ranges = True
        self.changed: dict[str, bytes] = {}
        self.failing = 0
        self.page = ""
        self.files: dict[str, dict[str, bytes]] = {}
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hub._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def publish(self, repository: str, folder: Path, **more: bytes) -> None:
        self.files[repository] = {file.name: file.read_bytes() for file in sorted(folder.iterdir())} | more

    def sha256(self, repository: str, name: str) -> str:
        return hashlib.sha256(self.files[repository][name]).hexdigest()

    def asked_for(self, name: str) -> list[str]:
        return [request for request in self.requests if f"/{name}" in request]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        asked = request.headers.get("Range", "")
        self.requests.append(f"{request.path} {asked}".strip())
        if self.page:
            _respond(request, 200, self.page.encode())
        elif self.failing:
            request.send_error(self.failing)
        elif found := re.fullmatch(r"/api/models/(.+)/revision/(main|[0-9a-f]{40})\?blobs=true", request.path):
            self._tell(request, found[1])
        elif found := re.fullmatch(rf"/(.+)/resolve/{REVISION}/(.+)", request.path):
            self._send(request, self.changed.get(found[2], self.files[found[1]][found[2]]), asked)
        else:
            request.send_error(404)

    def _tell(self, request: BaseHTTPRequestHandler, repository: str) -> None:
        if repository not in self.files:
            # As the Hub does, for it does not say whether there is something that is not for everybody.
            request.send_error(401)
            return
        siblings = []
        for name, content in self.files[repository].items():
            entry: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": _git_blob(content)}
            if name == "model.bin":
                large = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}
                entry |= {"lfs": large, "blobId": "0" * 40}
            siblings.append(entry)
        body = json.dumps({"sha": REVISION, "siblings": siblings, "cardData": {"license": "mit"}}).encode()
        _respond(request, 200, body)

    def _send(self, request: BaseHTTPRequestHandler, content: bytes, asked: str) -> None:
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.ranges else 0
        if start and start >= len(content):
            request.send_error(416)
            return
        cut = self.cut_at.pop(0) if self.cut_at else len(content)
        _respond(request, 206 if start else 200, content[start:], cut)


def _respond(request: BaseHTTPRequestHandler, status: int, body: bytes, cut: int | None = None) -> None:
    request.send_response(status)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body[:cut])


def _git_blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


@pytest.fixture
def pretend_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[PretendHub]:
    """A hub with nothing in it yet, which HF_ENDPOINT names."""
    hub = PretendHub()
    monkeypatch.setenv("HF_ENDPOINT", hub.address)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield hub
    hub.stop()
