"""Celery tasks. They may be lost or doubled without harm: the rows say what is left to do."""

from celery import shared_task

from store.back_in_stock import sweep


@shared_task(name="back_in_stock.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def look_for_stock() -> int:
    """Plan the mails to all who wait for what can be ordered again."""
    return sweep.run()


@shared_task(name="back_in_stock.forget_old", ignore_result=True)  # type: ignore[untyped-decorator]
def forget_old() -> int:
    return sweep.forget_old()
