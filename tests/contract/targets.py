"""The servers under test: the embedded engine as a process of its own, or a real Saleor at a URL."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EMAIL, PASSWORD = "admin@example.com", "admin"


@dataclass(frozen=True)
class Response:
    status: int
    body: dict[str, Any]

    @property
    def data(self) -> dict[str, Any]:
        assert not self.body.get("errors"), self.body["errors"]
        data: dict[str, Any] = self.body["data"]
        return data

    @property
    def codes(self) -> list[str]:
        """Codes of the top-level errors."""
        return [error["extensions"]["exception"]["code"] for error in self.body.get("errors", [])]


@dataclass(frozen=True)
class Api:
    """A GraphQL endpoint that speaks Saleor's API, called over HTTP. `name` is "embedded" or "saleor"."""

    name: str
    url: str

    @property
    def is_embedded(self) -> bool:
        return self.name != "saleor"

    def post(self, query: str, variables: dict[str, Any] | None = None, token: str | None = None) -> Response:
        return self.send(json.dumps({"query": query, "variables": variables or {}}).encode(), token=token)

    def send(
        self,
        body: bytes,
        *,
        token: str | None = None,
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> Response:
        headers = {"Content-Type": content_type, **(headers or {})}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.url, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Response(response.status, json.load(response))
        except urllib.error.HTTPError as error:
            return Response(error.code, json.load(error))

    def execute(
        self, query: str, variables: dict[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """Run an operation and return `data`; a top-level error fails the test."""
        return self.post(query, variables, token).data

    def mutate(
        self, query: str, variables: dict[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """Run the only mutation in `query` and return its payload; `errors` in the payload fail the test."""
        (payload,) = self.execute(query, variables, token).values()
        assert payload["errors"] == [], payload["errors"]
        result: dict[str, Any] = payload
        return result

    def mutation_errors(
        self, query: str, variables: dict[str, Any] | None = None, token: str | None = None
    ) -> list[tuple[str | None, str]]:
        """Run the only mutation in `query` and return (field, code) of each error in its payload."""
        (payload,) = self.execute(query, variables, token).values()
        return [(error["field"], error["code"]) for error in payload["errors"]]


def wait_until(condition: Callable[[], Any], seconds: float = 40) -> Any:
    """What the condition has found at last; Saleor's worker writes its search index up to a minute later."""
    deadline = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


@contextlib.contextmanager
def run_embedded(database_url: str | None = None) -> Iterator[Api]:
    """Serve an unseeded engine: migrated, one superuser, granian and a Celery worker with beat."""
    with tempfile.TemporaryDirectory(prefix="cupwell-contract-") as folder:
        port = _free_port()
        environment = os.environ | {
            "DATA_DIR": folder,
            "PORT": str(port),
            "SECRET_KEY": "contract",
            "LOG_LEVEL": "WARNING",
            "SWEEP_SECONDS": "1",
            "WEBHOOK_ALLOW_PRIVATE_ADDRESSES": "1",
        }
        environment |= {"DATABASE_URL": database_url} if database_url else {}
        environment["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
        _run_manage_command(environment, "migrate", "-v", "0")
        _run_manage_command(environment, "createsuperuser", "--no-input", "--email", EMAIL)
        with _run_process(web_command(port), environment) as web, _run_process(WORKER, environment):
            api = Api("embedded", f"http://127.0.0.1:{port}/graphql/")
            _wait_until_ready(api, web)
            yield api


def web_command(port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--blocking-threads", "8", "--log-level", "warning", "store.wsgi:application",
    ]  # fmt: skip


WORKER = [
    sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "-A", "store", "worker", "--with-beat", "--pool", "threads",
    "--concurrency", "2", "--queues", "safety,default", "--loglevel", "ERROR", "--without-gossip", "--without-mingle",
    "--without-heartbeat",
]  # fmt: skip


@contextlib.contextmanager
def _run_process(command: list[str], environment: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _run_manage_command(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(api: Api, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            if api.post("{__typename}").status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the engine did not answer within a minute")
