"""HTTP exchanges with a real Saleor: recorded once, replayed in every test run since.

A replay answers only what was asked at the recording: the same operation with the same fields, variables and token,
as often as it was asked then. Anything else fails the test, and so does what is not asked any more. What changes from
run to run (a moment, a version of an insert, the bytes of a picture) counts by its kind only.
"""

import json
import lzma
import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.saleor.operations import digest_of_text

FOLDER = Path(__file__).parent / "recordings"
ORIGIN = "https://saleor.example"
API_URL = f"{ORIGIN}/graphql/"
AGAIN = "record it again with `python -m tests.saleor.record URL` (docs/saleor-compatibility.md)"
_CHANGING = [
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|\+00:00)"), "<moment>"),
    (re.compile(r"\b[a-z-]+@\d+\.\d+\b"), "<insert>"),
]
# A checkout's token is its id, and a UUID.
_SECRETS = re.compile(
    r'"(?:token|authToken|refreshToken|csrfToken)": "(?![0-9a-f]{8}-[0-9a-f]{4}-)([^"]{20,})"'
)


@dataclass(frozen=True)
class Exchange:
    """`question`: what is compared. `answer`: the body, as JSON where it is JSON."""

    question: dict[str, Any]
    status: int
    answer: Any
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return _changing_removed(json.dumps(self.question, sort_keys=True))

    @property
    def name(self) -> str:
        return str(self.question.get("operation") or self.question["path"])


@dataclass(frozen=True)
class Event:
    """A webhook as it came: its raw body, which is signed, and its headers."""

    headers: dict[str, str]
    body: str


@dataclass
class Recording:
    """`values`: what the journey chose at random or learned from Saleor otherwise."""

    saleor: str
    recorded_at: str
    exchanges: list[Exchange] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.recorded_at)

    def save(self, name: str, *, written_instead: dict[str, str]) -> None:
        """`written_instead`: texts such as hosts, and what stands in the file for them. Tokens are found by their keys.

        Events stay as they are: they are signed.
        """
        events = [asdict(one) for one in self.events]
        text = json.dumps({**asdict(self), "events": []}, ensure_ascii=False)
        for old, new in written_instead.items():
            text = text.replace(old, new)
        for number, secret in enumerate(dict.fromkeys(_SECRETS.findall(text))):
            text = text.replace(secret, f"secret-{number}-of-nobody")
        content = json.dumps({**json.loads(text), "events": events}, ensure_ascii=False, indent=0)
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.json.xz").write_bytes(lzma.compress(content.encode(), preset=9))


def load(name: str) -> Recording:
    content = json.loads(lzma.decompress((FOLDER / f"{name}.json.xz").read_bytes()))
    exchanges = [Exchange(**one) for one in content.pop("exchanges")]
    events = [Event(**one) for one in content.pop("events")]
    return Recording(exchanges=exchanges, events=events, **content)


@contextmanager
def recorded(recording: Recording) -> Iterator[None]:
    """All that is sent over HTTP meanwhile becomes part of the recording."""
    send = httpx2.HTTPTransport.handle_request

    def handle(transport: httpx2.HTTPTransport, request: httpx2.Request) -> httpx2.Response:
        question = _question(request)
        response = send(transport, request)
        content = response.read()
        headers = _kept_headers(response)
        recording.exchanges.append(Exchange(question, response.status_code, _answer(content), headers))
        return httpx2.Response(response.status_code, headers=headers, content=content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx2.HTTPTransport, "handle_request", handle)
        yield


@contextmanager
def replayed(recording: Recording, all_is_asked: Callable[[], bool]) -> Iterator[None]:
    """What is sent over HTTP meanwhile is answered from the recording. `all_is_asked`: whether the test got to its end."""
    left: dict[str, deque[Exchange]] = defaultdict(deque)
    for one in recording.exchanges:
        left[one.key].append(one)

    def handle(_: httpx2.HTTPTransport, request: httpx2.Request) -> httpx2.Response:
        asked = Exchange(_question(request), 0, None)
        if not left[asked.key]:
            pytest.fail(
                f"{asked.name} was not asked like this of a real Saleor: {_difference(asked)}\n{AGAIN}"
            )
        found = left[asked.key].popleft()
        body = found.answer if isinstance(found.answer, str) else json.dumps(found.answer)
        return httpx2.Response(found.status, headers=found.headers, content=body.encode())

    def _difference(asked: Exchange) -> str:
        known = [one for one in recording.exchanges if one.name == asked.name]
        differing = {
            name for one in known for name in asked.question if one.question.get(name) != asked.question[name]
        }
        what = ", ".join(sorted(differing)) or "more often than recorded"
        return f"{what if known else 'never'}\n{json.dumps(asked.question, indent=1)[:2000]}"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx2.HTTPTransport, "handle_request", handle)
        yield
    unasked = [one.name for queue in left.values() for one in queue]
    assert unasked == [] or not all_is_asked(), f"not asked any more: {unasked}; {AGAIN}"


def _question(request: httpx2.Request) -> dict[str, Any]:
    path = urlsplit(str(request.url)).path
    if request.method != "POST":
        return {"method": request.method, "path": path}
    operation, files = _operation(request.read(), request.headers.get("Content-Type", ""))
    name, digest = digest_of_text(operation["query"])
    return {
        "path": path,
        "operation": name,
        "document": digest,
        "variables": operation.get("variables") or {},
        "files": files,
        "token": request.headers.get("Authorization", "").removeprefix("Bearer "),
    }


def _operation(body: bytes, content_type: str) -> tuple[dict[str, Any], int]:
    """The operation, and how many files come with it."""
    if not content_type.startswith("multipart/"):
        operation: dict[str, Any] = json.loads(body)
        return operation, 0
    parts = [part.split(b"\r\n\r\n", 1) for part in body.split(b"\r\n--")]
    (operation,) = (json.loads(part[1]) for part in parts if b'name="operations"' in part[0])
    return operation, sum(b"filename=" in part[0] for part in parts)


def _answer(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return content.decode(errors="replace")


def _kept_headers(response: httpx2.Response) -> dict[str, str]:
    return {name: response.headers[name] for name in ("content-type", "date") if name in response.headers}


def _changing_removed(text: str) -> str:
    for pattern, kind in _CHANGING:
        text = pattern.sub(kind, text)
    return text


def now_text() -> str:
    return datetime.now(UTC).isoformat()
