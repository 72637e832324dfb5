"""`/healthz`: the truth about database, broker and the oldest mail that is due. 200 when all is well, 503 when not."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from store.celery import app as celery
from store.mailer import health as mail

# research/email.md: safety mail may wait five minutes, everything else an hour
LIMITS = {"safety": timedelta(minutes=5), "service": timedelta(hours=1), "care": timedelta(hours=1)}


def healthz(_request: HttpRequest) -> JsonResponse:
    checks = {"database": _checked(_database), "broker": _checked(_broker), "mail": _checked(_mail)}
    ok = all(check["ok"] for check in checks.values())
    answer = {"ok": ok, "shop": settings.SALEOR_API_URL or "embedded", **checks}
    return JsonResponse(answer, status=200 if ok else 503, headers={"Cache-Control": "no-store"})


def _checked(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        found = {"ok": True} | check()
    except Exception as error:
        found = {"ok": False, "error": type(error).__name__}
    return found | {"ms": round((time.perf_counter() - started) * 1000, 1)}


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"vendor": connection.vendor}


def _broker() -> dict[str, Any]:
    with celery.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
        return {"transport": broker.transport_cls}


def _mail() -> dict[str, Any]:
    """`oldest_due_seconds` by class; not ok when one has waited longer than its class may."""
    ages = mail.oldest_due()
    late = [name for name, age in ages.items() if age and age > LIMITS.get(name, timedelta(hours=1))]
    return {
        "ok": not late,
        "late": late,
        "oldest_due_seconds": {name: age and round(age.total_seconds()) for name, age in ages.items()},
    }
