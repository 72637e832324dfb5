"""Asks each page of the admin of the shop in DATA_DIR; a line each: page, statements, seconds (best of three), status."""

import sys
import time
from collections.abc import Iterator

import django
from django.conf import settings
from django.contrib import admin


def paths() -> Iterator[tuple[str, str]]:
    """(name, path) of the lists, the pages beside them, and of the newest row's page and forms."""
    from django.db.models import Model
    from django.urls import NoReverseMatch, get_resolver, reverse

    yield "home", reverse("admin:index")
    names = {str(name) for name in get_resolver().reverse_dict} | set(_admin_names())
    for model in sorted(admin.site._registry, key=lambda one: one._meta.label_lower):
        base = f"{model._meta.app_label}_{model._meta.model_name}_"
        rows = admin.site._registry[model].get_queryset(_request())
        row: Model | None = rows.order_by("-pk").first()
        for name in sorted(name for name in names if name.startswith(base)):
            for arguments in ([], [row.pk] if row else []):
                try:
                    yield name, reverse(f"admin:{name}", args=arguments)
                except NoReverseMatch:
                    continue
                break


def _admin_names() -> list[str]:
    return [str(pattern.name) for pattern in _patterns(admin.site.get_urls()) if pattern.name]


def _patterns(patterns: list[object]) -> Iterator[object]:
    for pattern in patterns:
        nested = getattr(pattern, "url_patterns", None)
        if nested is None:
            yield pattern
        else:
            yield from _patterns(nested)


def _request() -> object:
    from django.test import RequestFactory

    request = RequestFactory().get("/admin/")
    request.user = _owner()
    return request


def _owner() -> object:
    from store.engine.accounts.models import User

    return User.objects.filter(is_superuser=True).order_by("pk").first()


def main() -> None:
    settings.STORAGES = settings.STORAGES | {  # its pages name files, which nobody fetches here
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(raise_request_exception=False)
    client.force_login(_owner())
    for name, path in list(paths()):
        if name.endswith(("_delete", "_history", "export")):
            continue
        best, statements, status = 9e9, 0, 0
        for _ in range(3):
            with CaptureQueriesContext(connection) as queries:
                began = time.perf_counter()
                answer = client.get(path)
                best = min(best, time.perf_counter() - began)
            statements, status = len(queries), answer.status_code
        if status in (403, 404):  # rows that nobody adds by hand; forms that are only posted
            continue
        print(name, statements, f"{best:.4f}", status, sep="\t")


if __name__ == "__main__":
    sys.exit(main())
