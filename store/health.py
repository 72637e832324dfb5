"""`/healthz`: state of the database, the broker and the oldest due email. 200 when all is well, 503 when not."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from store.celery import app as celery
from store.mailer import health as mail

# How long a due email of each class may wait (research/email.md).
LIMITS = {"safety": timedelta(minutes=5), "service": timedelta(hours=1), "care": timedelta(hours=1)}


def healthz(_request: HttpRequest) -> JsonResponse:
    checks = {"database": _run_check(_database), "broker": _run_check(_broker), "mail": _run_check(_mail)}
    ok = all(check["ok"] for check in checks.values())
    report = {"ok": ok, "shop": settings.SALEOR_API_URL or "embedded", **checks}
    return JsonResponse(report, status=200 if ok else 503, headers={"Cache-Control": "no-store"})


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


def _mail() -> dict[str, Any]:
    """`oldest_due_seconds` by class; not ok when an email has waited longer than its class may."""
    ages = mail.oldest_due()
    late = [name for name, age in ages.items() if age and age > LIMITS.get(name, timedelta(hours=1))]
    return {
        "ok": not late,
        "late": late,
        "oldest_due_seconds": {name: age and round(age.total_seconds()) for name, age in ages.items()},
    }
