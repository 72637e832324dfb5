"""What is kept in memory is true: any write to a watched table is seen at once."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from store.engine.shop import revision, settings
from store.engine.shop.models import Channel, ShopSettings, TaxClass, TaxClassCountryRate, TaxConfiguration
from store.engine.shop.taxes import taxation
from tests.engine.selling import Shop, open_shop


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    return open_shop()


def rate(shop: Shop) -> Decimal:
    return taxation(shop.channel).rate(shop.tax_class.pk)


def test_the_second_question_costs_one_small_statement(shop: Shop) -> None:
    rate(shop)
    with CaptureQueriesContext(connection) as caught:
        rate(shop)
    assert [one["sql"] for one in caught] == ["SELECT token FROM shop_revision WHERE id = 1"]


@pytest.mark.parametrize("how", ["save", "update", "bulk_update", "delete", "queryset delete", "bulk_create"])
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
    assert rate(shop) == (0 if "delete" in how else 7)


def test_a_write_that_is_rolled_back_never_happened(shop: Shop) -> None:
    assert rate(shop) == Decimal("8.5")
    with transaction.atomic():
        TaxConfiguration.objects.update(charge_taxes=False)
        assert rate(shop) == 0
        transaction.set_rollback(True)
    assert rate(shop) == Decimal("8.5")


def test_what_is_given_out_is_a_copy(shop: Shop) -> None:
    ShopSettings.objects.create(pk=1, name="Mine")
    settings.current().name = "Changed in hand"
    assert settings.current().name == "Mine"


def test_links_between_channels_and_zones_count(shop: Shop) -> None:
    before = revision.token()
    shop.zone.channels.remove(shop.channel)
    assert revision.token() != before


def test_whoever_only_reads_reads_the_token_once(shop: Shop) -> None:
    with CaptureQueriesContext(connection) as caught, revision.steady():
        for _ in range(5):
            revision.token()
    assert len(caught) == 1
    Channel.objects.update(name="New")
    assert revision.token() is not None
