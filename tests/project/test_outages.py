"""Faults of the database and the disk are answered with 503 and "try again", bugs with 500."""

import errno
import json
import sqlite3

import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from store import disk_space
from store.engine.graphql.serve import serve
from store.outages import is_outage
from store.saleor.errors import GraphQLError
from store.storefront import errors

CART = {
    "query": 'mutation { checkoutCreate(input: {channel: "default-channel", lines: []}) { errors { code } } }'
}


def sqlite_error(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("…")
    cause.sqlite_errorcode = code
    return caused_by(cause)


def postgresql_error(sqlstate: str | None) -> OperationalError:
    cause = Exception("…")
    cause.sqlstate = sqlstate  # type: ignore[attr-defined]
    return caused_by(cause)


def caused_by(cause: Exception) -> OperationalError:
    error = OperationalError("…")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), True),
        (sqlite_error(sqlite3.SQLITE_BUSY), True),
        (sqlite_error(sqlite3.SQLITE_IOERR | (3 << 8)), True),  # with extended bits
        (sqlite_error(sqlite3.SQLITE_READONLY), True),
        (sqlite_error(sqlite3.SQLITE_ERROR), False),  # no such table
        (sqlite_error(sqlite3.SQLITE_INTERRUPT), False),  # our own time limit
        (postgresql_error(None), True),  # connection refused
        (postgresql_error("40P01"), True),  # the victim of a deadlock
        (postgresql_error("40001"), True),  # could not serialize
        (postgresql_error("57P01"), True),  # admin shutdown
        (postgresql_error("53100"), True),  # disk full
        (postgresql_error("53300"), True),  # too many connections
        (postgresql_error("57014"), False),  # statement timeout
        (postgresql_error("42P01"), False),  # undefined table
        (InterfaceError("connection already closed"), True),
        (OSError(errno.ENOSPC, "no space"), True),
        (OSError(errno.ENOENT, "no such file"), False),
        (ValueError("a bug"), False),
        (None, False),
    ],
)
def test_an_outage_is_told_from_a_bug(error, expected):
    assert is_outage(error) is expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), 503, "ServiceUnavailable"),
        (ValueError("a bug"), 200, "InternalServerError"),
    ],
)
def test_the_api_answers_503_while_nothing_can_be_stored(monkeypatch, error, status, code):
    def create(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("store.engine.graphql.checkout.lines._channel", create)
    response = serve(json.dumps(CART).encode(), {"content-type": "application/json"})
    problems = json.loads(response.body)["errors"]
    assert (response.status, problems[0]["extensions"]["code"]) == (status, code)
    assert GraphQLError(problems).is_retryable is (status == 503)


@pytest.mark.django_db
def test_the_api_answers_503_when_not_even_the_token_can_be_looked_up(monkeypatch):
    def authenticate(_headers: object) -> None:
        raise postgresql_error(None)

    monkeypatch.setattr("store.engine.graphql.serve.authenticate", authenticate)
    response = serve(
        b'{"query": "{ shop { name } }"}', {"content-type": "application/json", "authorization": "x"}
    )
    assert response.status == 503


@pytest.mark.parametrize(
    ("error", "status"), [(sqlite_error(sqlite3.SQLITE_FULL), 503), (KeyError("a bug"), 500)]
)
def test_the_page_says_whether_to_try_again(error, status):
    try:
        raise error
    except type(error):
        response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == status
    assert response.has_header("Retry-After") is (status == 503)


@pytest.mark.django_db
def test_without_a_database_the_error_page_needs_none(monkeypatch):
    def render(*_: object, **__: object) -> None:
        raise postgresql_error(None)

    monkeypatch.setattr(errors, "render", render)
    response = errors.unavailable(RequestFactory().get("/"))
    assert response.status_code == 503
    assert b"your cart is kept" in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("free_mb", "status", "word"), [(1, 503, "down"), (100, 200, "attention"), (1000, 200, "ok")]
)
def test_healthz_tells_of_a_full_disk(client, monkeypatch, free_mb, status, word):
    monkeypatch.setattr(disk_space, "free_bytes", lambda: free_mb * 1_000_000)
    monkeypatch.setattr("store.health._mail", lambda: {"concerns": {}})
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (status, word)
    assert response.json()["disk"]["free_mb"] == free_mb


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer wrong", "right", "Basic right"])
@pytest.mark.parametrize("token", ["", "a long one"])
def test_in_production_only_the_degree_is_public(client, settings, monkeypatch, sent, token):
    monkeypatch.setattr("store.health._mail", lambda: {"concerns": {"failed": 3}})
    settings.PRODUCTION, settings.HEALTH_TOKEN = True, token
    response = client.get("/healthz", headers={"authorization": sent})
    assert response.json() == {"ok": True, "status": "attention"}


@pytest.mark.django_db
def test_who_has_the_token_reads_the_details(client, settings, monkeypatch):
    monkeypatch.setattr("store.health._mail", lambda: {"concerns": {"failed": 3}})
    settings.PRODUCTION, settings.HEALTH_TOKEN = True, "a long one"
    response = client.get("/healthz", headers={"authorization": "Bearer a long one"})
    assert response.json()["mail"]["concerns"] == {"failed": 3}
    assert "free_mb" in response.json()["disk"]
