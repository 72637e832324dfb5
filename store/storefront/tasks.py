"""Celery tasks, with a real Saleor only. They may be lost or doubled without harm."""

from celery import shared_task

from store.storefront.checkout import payments_without_result

READ_AGAIN_TASK = "storefront.read_payments_again"


@shared_task(name=READ_AGAIN_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def read_payments_again() -> int:
    return payments_without_result.read_again()
