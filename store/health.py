"""`/healthz`: state of the database, the broker, the disk and the mails.

503 when the shop as a whole is broken: no database, no broker, nothing can be written, or no mail leaves although it is
due. A single mail that needs a person is counted under `concerns` and leaves the answer at 200, as does a disk that is
nearly full.

In production everybody reads the degree, and only who sends HEALTH_TOKEN the rest: free space, the software in use and
how many mails wait tell an attacker when to come.
"""

import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from store import disk_space
from store.celery import app as celery
from store.mailer import health as mail
from store.row_counts import count_rows
from store.safety.recalls import concerns as recalls
from store.saleor_app.models import ContentFinding


def healthz(request: HttpRequest) -> JsonResponse:
    checks = {
        "database": _run_check(_database),
        "broker": _run_check(_broker),
        "disk": _run_check(_disk),
        "mail": _run_check(_mail),
        "recalls": _run_check(_recalls),
    }
    if not settings.EMBEDDED:
        checks["saleor_app"] = _run_check(_saleor_app)
    ok = all(check["ok"] for check in checks.values())
    has_concerns = any(check.get("concerns") for check in checks.values())
    needs_attention = has_concerns or checks["disk"].get("nearly_full", False)
    status = ("attention" if needs_attention else "ok") if ok else "down"
    report: dict[str, Any] = {"ok": ok, "status": status}
    if _may_know_details(request):
        report |= {"shop": settings.SALEOR_API_URL or "embedded", **checks}
    return JsonResponse(report, status=200 if ok else 503, headers={"Cache-Control": "no-store"})


def _may_know_details(request: HttpRequest) -> bool:
    """Everybody in development; in production who sends `Authorization: Bearer HEALTH_TOKEN`."""
    if not settings.PRODUCTION:
        return True
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    token: str = settings.HEALTH_TOKEN
    return bool(token) and secrets.compare_digest(given.encode(), token.encode())


def _run_check(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        result = {"ok": True} | check()
    except Exception as error:
        result = {"ok": False, "error": type(error).__name__}
    return result | {"ms": round((time.perf_counter() - started) * 1000, 1)}


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"vendor": connection.vendor}


def _broker() -> dict[str, Any]:
    with celery.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
        return {"transport": broker.transport_cls}


def _disk() -> dict[str, Any]:
    free = disk_space.free_bytes()
    return {
        "ok": free > disk_space.FULL_BYTES,
        "free_mb": free // 1_000_000,
        "nearly_full": free < disk_space.NEARLY_FULL_BYTES,
    }


def _mail() -> dict[str, Any]:
    """`concerns`: code -> number of mails, events or processes that need a person; only those above zero.

    `seconds_since`: how long ago web, worker, beat and the sweeps last did their work.
    `seconds_since_news`: how long ago the shop sent an event, and its changed orders were last read.
    """
    stopped = mail.stopped()
    return {
        "ok": not stopped,
        "stopped": stopped,
        "concerns": {concern.code: count for concern, count in mail.open_concerns()},
        "seconds_since": {name: round(age.total_seconds()) for name, age in mail.heartbeat_ages().items()},
        "seconds_since_news": {
            name: None if age is None else round(age) for name, age in mail.seconds_since_news().items()
        },
        "oldest_due_seconds": {
            name: None if age is None else round(age.total_seconds())
            for name, age in mail.oldest_due().items()
        },
    }


def _recalls() -> dict[str, Any]:
    """`concerns`: code -> number of recalls or buyers that need a person; only those above zero."""
    found = recalls.needs_a_person()
    counts = count_rows([one.rows for one in found])
    return {"concerns": {one.code: count for one, count in zip(found, counts, strict=True) if count}}


def _saleor_app() -> dict[str, Any]:
    """`concerns`: what the store's app lacks in a real Saleor, such as a permission that an update needs."""
    lacking = ContentFinding.objects.filter(rule=ContentFinding.APP).count()
    return {"concerns": {"lacking": lacking} if lacking else {}}
