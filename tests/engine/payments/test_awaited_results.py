"""Which payments await a result: those that an app was asked for and told nothing about since."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from store.engine.payments import transaction_events
from store.engine.payments.models import TransactionItem

pytestmark = pytest.mark.django_db
migration = import_module("store.engine.payments.migrations.0005_results_of_payment_apps")


def called(*events: tuple[str, bool]) -> TransactionItem:
    """A payment that an app was called for, with events of these types that count, or do not."""
    item = TransactionItem.objects.create(currency="USD", gateway_called_at=timezone.now())
    for type_, counts in events:
        item.events.create(type=type_, amount_value=30, currency="USD", include_in_calculations=counts)
    return item


def test_the_migration_leaves_what_was_settled_long_ago() -> None:
    request = ("CHARGE_REQUEST", False)
    open_calls = [
        called(request),
        called(request, ("CHARGE_FAILURE", False)),
        called(request, ("INFO", True)),
    ]
    for result in migration.FINAL:
        called(request, (result, True))
    TransactionItem.objects.create(currency="USD")
    migration.await_results_of_open_calls(apps, None)
    assert set(TransactionItem.objects.filter(awaits_result=True)) == set(open_calls)


@pytest.mark.parametrize("type_", ["CHARGE_SUCCESS", "CHARGE_FAILURE", "CHARGE_REQUEST"])
def test_an_app_that_reports_by_itself_is_not_waited_for(type_: str) -> None:
    item = called(("CHARGE_REQUEST", False))
    item.awaits_result = True
    transaction_events.report_event(item=item, type=type_, psp_reference="pi_1", amount=Decimal(30))
    item.refresh_from_db()
    assert (item.gateway_called_at, item.awaits_result) == (None, False)


def test_a_remark_is_no_result() -> None:
    item = called(("CHARGE_REQUEST", False))
    item.awaits_result = True
    transaction_events.report_event(item=item, type="INFO", psp_reference="pi_1")
    item.refresh_from_db()
    assert item.gateway_called_at is not None
    assert item.awaits_result
