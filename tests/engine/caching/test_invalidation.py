"""Cached values are valid: any write to a watched table is seen at once."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from store.engine.caching import invalidation
from store.engine.caching.models import Revision
from store.engine.channels import shop_settings
from store.engine.channels.models import Channel, ShopSettings, TaxConfiguration
from store.engine.checkout import complete
from store.engine.taxes.models import TaxClass, TaxClassCountryRate
from store.engine.taxes.tax_rates import taxation
from tests.engine.checkout_flow import Shop, checkout_ready_to_pay, create_shop, pay


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    return create_shop()


def rate(shop: Shop) -> Decimal:
    return taxation(shop.channel).rate(shop.tax_class.pk)


def test_the_second_call_costs_one_small_statement(shop: Shop) -> None:
    rate(shop)
    with CaptureQueriesContext(connection) as caught:
        rate(shop)
    assert [query["sql"] for query in caught] == ["SELECT COUNT(*), SUM(nonce) FROM caching_revision"]


@pytest.mark.parametrize(
    "how", ["save", "update", "bulk_update", "delete", "queryset delete", "bulk_create", "raw SQL"]
)
def test_every_way_to_write_is_noticed(shop: Shop, how: str) -> None:
    assert rate(shop) == Decimal("8.5")
    row = TaxClassCountryRate.objects.get()
    row.rate = Decimal(7)
    match how:
        case "save":
            row.save()
        case "update":
            TaxClassCountryRate.objects.update(rate=7)
        case "bulk_update":
            TaxClassCountryRate.objects.bulk_update([row], ["rate"])
        case "delete":
            row.delete()
        case "queryset delete":
            TaxClassCountryRate.objects.all().delete()
        case "bulk_create":
            shop.tax_class = TaxClass.objects.create(name="New")
            TaxClassCountryRate.objects.bulk_create(
                [TaxClassCountryRate(tax_class=shop.tax_class, country="US", rate=7)]
            )
        case "raw SQL":
            with connection.cursor() as cursor:
                cursor.execute("UPDATE taxes_taxclasscountryrate SET rate = 7")
    assert rate(shop) == (0 if "delete" in how else 7)


def test_a_write_that_is_rolled_back_never_happened(shop: Shop) -> None:
    assert rate(shop) == Decimal("8.5")
    with transaction.atomic():
        TaxConfiguration.objects.update(charge_taxes=False)
        assert rate(shop) == 0
        transaction.set_rollback(True)
    assert rate(shop) == Decimal("8.5")


def test_a_savepoint_that_is_rolled_back_removes_its_mark(shop: Shop) -> None:
    with transaction.atomic():
        with transaction.atomic():
            TaxConfiguration.objects.update(charge_taxes=False)
            transaction.set_rollback(True)
        before = invalidation.current_token()
        TaxClassCountryRate.objects.update(rate=7)
    assert invalidation.current_token() != before
    assert rate(shop) == 7


def test_a_writer_sees_each_change_of_its_own(shop: Shop) -> None:
    with transaction.atomic():
        for value in (5, 6, 7):
            TaxClassCountryRate.objects.update(rate=value)
            assert rate(shop) == value


def test_many_writes_of_one_transaction_leave_one_row(shop: Shop) -> None:
    before = Revision.objects.count()
    with transaction.atomic():
        for value in (5, 6, 7):
            TaxClassCountryRate.objects.update(rate=value)
    assert Revision.objects.count() == before + 1


def test_selling_does_not_count_as_a_change(shop: Shop) -> None:
    variant = shop.variant("palm")
    before = invalidation.current_token()
    checkout = checkout_ready_to_pay(shop, (variant, 1))
    pay(checkout)
    complete.complete(checkout_id=checkout.pk)
    assert invalidation.current_token() == before


def test_pruning_leaves_one_row_and_another_token(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invalidation, "PRUNE_ABOVE", 3)
    before = invalidation.current_token()
    assert invalidation.prune() > 3
    assert Revision.objects.count() == 1
    assert invalidation.current_token() not in (None, before)


def test_callers_get_a_copy(shop: Shop) -> None:
    ShopSettings.objects.create(pk=1, name="Mine")
    shop_settings.current().name = "Changed in hand"
    assert shop_settings.current().name == "Mine"


def test_links_between_channels_and_zones_count(shop: Shop) -> None:
    before = invalidation.current_token()
    shop.zone.channels.remove(shop.channel)
    assert invalidation.current_token() != before


def test_a_request_that_only_reads_reads_the_token_once(shop: Shop) -> None:
    with CaptureQueriesContext(connection) as caught, invalidation.single_token_read():
        for _ in range(5):
            invalidation.current_token()
    assert len(caught) == 1
    Channel.objects.update(name="New")
    assert invalidation.current_token() is not None
