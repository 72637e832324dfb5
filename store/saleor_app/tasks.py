"""Celery tasks. They may be lost or doubled without harm."""

from celery import shared_task

from store.saleor_app import published_content

CHECK_TASK = "saleor_app.check_published_content"


@shared_task(name=CHECK_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def check_published_content() -> int:
    return published_content.check()
