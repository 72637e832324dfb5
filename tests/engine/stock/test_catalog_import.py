"""Imports by article number, without a file: what is checked, written, created and put back."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from store.engine.catalog.models import (
    Category,
    Product,
    ProductChannelListing,
    ProductVariant,
    VariantChannelListing,
)
from store.engine.channels.models import Channel, Translation
from store.engine.errors import NotFound, OperationError
from store.engine.events.models import Event
from store.engine.stock import catalog_import, import_journal
from store.engine.stock.catalog_import import Result, Row
from store.engine.stock.models import CatalogImport, Stock, StockMovement, Warehouse
from tests.engine.checkout_flow import Shop, create_shop

pytestmark = pytest.mark.django_db
CHANNEL = "default-channel"


@pytest.fixture
def shop() -> Shop:
    """CUP and OIL at 29.00, ten of each in `main`."""
    made = create_shop()
    made.variant("CUP", sort_order=0)
    made.variant("OIL", sort_order=0)
    return made


def rows(*given: Mapping[str, Any]) -> list[Row]:
    return [Row(number, values) for number, values in enumerate(given, start=2)]


def check(*given: Mapping[str, Any], **options: Any) -> Result:
    return catalog_import.check(rows(*given), **options)


def stored(*given: Mapping[str, Any]) -> int:
    return import_journal.store(file_name="spring.csv", rows=rows(*given)).pk


def applied(*given: Mapping[str, Any], **options: Any) -> int:
    pk = stored(*given)
    assert import_journal.apply(import_id=pk, **options).errors == []
    return pk


def errors(result: Result) -> list[tuple[int, str]]:
    assert all(one.message for one in result.errors)
    return [(one.number, one.column) for one in result.errors]


def price(sku: str = "CUP") -> Decimal | None:
    return VariantChannelListing.objects.get(variant__sku=sku).price_amount


def quantity(sku: str = "CUP", warehouse: str = "main") -> int:
    return Stock.objects.get(variant__sku=sku, warehouse__slug=warehouse).quantity


def listing(sku: str = "CUP") -> ProductChannelListing:
    return ProductChannelListing.objects.get(product__variants__sku=sku)


def test_a_check_names_changes_and_writes_nothing(shop: Shop) -> None:
    result = check({"sku": "CUP", f"price:{CHANNEL}": Decimal("31.00"), "stock:main": 10})
    assert [(one.sku, one.column, one.before, one.after) for one in result.changes] == [
        ("CUP", f"price:{CHANNEL}", Decimal("29.00"), Decimal("31.00"))
    ]
    assert (errors(result), price(), result.created) == ([], 29, [])
    assert check().changes == []


def test_everything_is_written_at_once_with_movement_and_events(shop: Shop) -> None:
    pk = applied(
        {"sku": "CUP", f"price:{CHANNEL}": Decimal("31.00"), "stock:main": 7, "variant_name": "Sage"},
        {"sku": "OIL", "product_name": "Rose oil", "name:de": "Rosenöl", f"published:{CHANNEL}": False},
    )
    assert (price(), price("OIL"), quantity(), quantity("OIL")) == (31, 29, 7, 10)
    assert ProductVariant.objects.get(sku="CUP").name == "Sage"
    assert Product.objects.get(variants__sku="OIL").name == "Rose oil"
    assert Translation.objects.get(kind="Product", language_code="de").values["name"] == "Rosenöl"
    assert (listing().is_published, listing("OIL").is_published) == (True, False)
    moved = StockMovement.objects.get()
    assert (moved.quantity_change, moved.reason, moved.note) == (-3, "adjusted", "Import of spring.csv")
    updated = Event.objects.filter(type="PRODUCT_VARIANT_UPDATED").values_list("object_pk", flat=True)
    assert {str(variant.pk) for variant in shop.variants.values()} <= set(updated)
    assert listing().discounted_price_amount == 31
    row = CatalogImport.objects.get(pk=pk)
    assert row.applied_at
    assert {"sku": "CUP", "stock:main": 10} in row.pieces.get().before


def test_an_import_is_applied_once(shop: Shop) -> None:
    pk = applied({"sku": "CUP", "stock:main": 7})
    with pytest.raises(OperationError, match="applied before"):
        import_journal.apply(import_id=pk)
    for function in (import_journal.apply, import_journal.undo):
        with pytest.raises(NotFound):
            function(import_id=0)


def test_with_one_error_nothing_is_written(shop: Shop) -> None:
    pk = stored({"sku": "CUP", "stock:main": 7}, {"sku": "OIL", "stock:main": -1})
    assert errors(import_journal.apply(import_id=pk)) == [(3, "stock:main")]
    assert (quantity(), CatalogImport.objects.get().applied_at) == (10, None)


def test_what_is_changed_is_put_back_by_an_undo(shop: Shop) -> None:
    Warehouse.objects.create(name="East", slug="east", address=shop.warehouse.address)
    pk = applied(
        {
            "sku": "CUP",
            f"price:{CHANNEL}": Decimal("31.00"),
            "stock:main": 7,
            "stock:east": 4,
            "name:de": "Becher",
            f"published:{CHANNEL}": False,
        }
    )
    assert import_journal.undo(import_id=pk).errors == []
    assert (price(), quantity(), quantity(warehouse="east"), listing().is_published) == (29, 10, 0, True)
    assert not Translation.objects.get(language_code="de").values.get("name")
    with pytest.raises(OperationError, match="not in force"):
        import_journal.undo(import_id=pk)


def test_only_the_last_import_in_force_is_undone(shop: Shop) -> None:
    first, second = applied({"sku": "CUP", "stock:main": 7}), applied({"sku": "OIL", "stock:main": 3})
    with pytest.raises(OperationError, match="later import first"):
        import_journal.undo(import_id=first)
    import_journal.undo(import_id=second)
    assert import_journal.undo(import_id=first).errors == []
    assert (quantity(), quantity("OIL")) == (10, 10)
    with pytest.raises(OperationError, match="not in force"):
        import_journal.undo(import_id=stored({"sku": "CUP", "stock:main": 1}))


def test_what_changed_meanwhile_is_not_overwritten(shop: Shop) -> None:
    pk = applied({"sku": "CUP", "stock:main": 7, f"price:{CHANNEL}": Decimal("31.00")})
    Stock.objects.filter(variant__sku="CUP").update(quantity=6)
    assert errors(import_journal.undo(import_id=pk)) == [(2, "stock:main")]
    assert (quantity(), price()) == (6, 31)
    seen = [{"sku": "CUP", "stock:main": 5}]
    assert errors(check({"sku": "CUP", "stock:main": 9}, expected=seen)) == [(2, "stock:main")]
    assert errors(check({"sku": "CUP", "stock:main": 9}, expected=[{"sku": "CUP", "stock:main": 6}])) == []


def test_amounts_are_the_same_whatever_zeros_they_end_in(shop: Shop) -> None:
    seen = [{"sku": "CUP", f"price:{CHANNEL}": "29.000"}]
    result = check({"sku": "CUP", f"price:{CHANNEL}": Decimal("30.00")}, expected=seen)
    assert (errors(result), len(result.changes)) == ([], 1)
    assert check({"sku": "CUP", f"price:{CHANNEL}": Decimal("29.000")}).changes == []


@pytest.mark.parametrize("column", ["price:nowhere", "published:nowhere", "stock:nowhere"])
def test_a_column_of_an_unknown_place_is_refused_with_the_known_ones(shop: Shop, column: str) -> None:
    result = check({"sku": "CUP", column: 1, "stock:main": 3})
    assert (errors(result), result.changes) == ([(1, column)], [])
    known = "main" if column.startswith("stock") else CHANNEL
    assert f"Choose one of: {known}." in result.errors[0].message


def test_a_number_that_is_there_twice_names_its_first_line(shop: Shop) -> None:
    given = {"sku": "CUP", "stock:main": 3}
    result = check(given, {"sku": "OIL", "stock:main": 3}, given, given)
    assert errors(result) == [(4, "sku"), (5, "sku")]
    assert all("on line 2" in one.message for one in result.errors)


def test_a_price_below_zero_is_refused(shop: Shop) -> None:
    assert errors(check({"sku": "CUP", f"price:{CHANNEL}": Decimal("-1")})) == [(2, f"price:{CHANNEL}")]


def test_an_empty_cell_changes_nothing(shop: Shop) -> None:
    given = {
        "sku": "CUP",
        "stock:main": None,
        f"published:{CHANNEL}": None,
        "variant_name": "",
        "product_name": "",
    }
    assert check(given).changes == []
    ProductChannelListing.objects.all().delete()
    assert check({"sku": "CUP", f"published:{CHANNEL}": False}).changes == []


def test_a_price_is_taken_away_by_an_empty_cell(shop: Shop) -> None:
    applied({"sku": "CUP", f"price:{CHANNEL}": None})
    assert price() is None


def test_a_published_product_can_be_found_and_bought(shop: Shop) -> None:
    ProductChannelListing.objects.update(
        is_published=False, visible_in_listings=False, available_for_purchase_at=None
    )
    applied({"sku": "CUP", f"published:{CHANNEL}": True})
    assert (listing().is_published, listing().visible_in_listings) == (True, True)
    assert listing().is_available_for_purchase()
    assert not listing("OIL").is_published
    applied({"sku": "CUP", f"published:{CHANNEL}": False})
    assert (listing().is_published, listing().visible_in_listings) == (False, True)


def test_stock_below_what_is_promised_is_refused(shop: Shop) -> None:
    Stock.objects.update(quantity_allocated=5)
    assert errors(check({"sku": "CUP", "stock:main": 5})) == []
    result = check({"sku": "OIL", "stock:main": 9}, {"sku": "CUP", "stock:main": 4})
    assert errors(result) == [(3, "stock:main")]
    assert "5 are promised" in result.errors[0].message


def new(**more: Any) -> dict[str, Any]:
    return {"sku": "NEW", "product": "gua-sha", "product_type": "cup-set"} | more


def test_a_new_variant_of_a_new_product_is_made_off_sale(shop: Shop) -> None:
    pk = applied(
        new(
            product_name="Gua sha",
            variant_name="Jade",
            category="glass",
            **{f"price:{CHANNEL}": Decimal("9.90"), "stock:main": 4},
        ),
        {"sku": "NEW-2", "product": "gua-sha"},
    )
    product = Product.objects.get(slug="gua-sha")
    assert (product.name, product.category) == ("Gua sha", Category.objects.get(slug="glass"))
    assert list(product.variants.order_by("sku").values_list("sku", "name")) == [
        ("NEW", "Jade"),
        ("NEW-2", "NEW-2"),
    ]
    assert (price("NEW"), quantity("NEW")) == (Decimal("9.90"), 4)
    assert not ProductChannelListing.objects.get(product=product).is_published
    assert import_journal.undo(import_id=pk).errors == []
    assert (quantity("NEW"), price("NEW")) == (0, None)


def test_a_new_variant_joins_a_product_and_is_named_after_it(shop: Shop) -> None:
    result = check({"sku": "NEW", "product": "cup"}, new(sku="NEW-2", product_name=""))
    assert (result.created, errors(result)) == (["NEW", "NEW-2"], [])
    applied(new(sku="NEW-3"))
    assert Product.objects.get(slug="gua-sha").name == "gua-sha"
    assert not ProductChannelListing.objects.filter(product__slug="gua-sha").exists()


def test_what_is_missing_for_a_new_variant_is_said(shop: Shop) -> None:
    assert errors(check({"sku": "NEW", "stock:main": 3})) == [(2, "sku")]
    result = check({"sku": "NEW", "product": "gua-sha"}, new(product_type="x", sku="NEW-2"))
    assert errors(result) == [(2, "product"), (3, "product")]
    assert "cup-set" in result.errors[0].message


def test_each_channel_has_its_own_price(shop: Shop) -> None:
    other = Channel.objects.create(name="EU", slug="eu", currency_code="EUR", default_country="DE")
    ProductChannelListing.objects.create(product=shop.variants["CUP"].product, channel=other, currency="EUR")
    applied({"sku": "CUP", "price:eu": Decimal("25.00")})
    found = VariantChannelListing.objects.filter(variant__sku="CUP").order_by("channel__slug")
    assert list(found.values_list("channel__slug", "currency", "price_amount")) == [
        (CHANNEL, "USD", 29),
        ("eu", "EUR", 25),
    ]


def test_files_that_nobody_applied_within_a_day_are_deleted(shop: Shop) -> None:
    done, old, young = (
        applied({"sku": "CUP", "stock:main": 7}),
        stored({"sku": "CUP"}),
        stored({"sku": "CUP"}),
    )
    CatalogImport.objects.exclude(pk=young).update(created_at=timezone.now() - timedelta(hours=25))
    CatalogImport.objects.filter(pk=young).update(created_at=timezone.now() - timedelta(hours=23))
    last = import_journal.store(
        file_name="x" * 300, rows=rows({"sku": "CUP", f"price:{CHANNEL}": Decimal("1.50")})
    )
    assert set(CatalogImport.objects.values_list("pk", flat=True)) == {done, young, last.pk}
    assert old not in (done, young)
    last_rows = last.pieces.get().rows
    assert (len(last.file_name), last_rows) == (255, [{"sku": "CUP", f"price:{CHANNEL}": "1.50"}])
    [row] = catalog_import.rows_of([*last_rows, {"sku": "CUP", "stock:main": 3}], lines={"CUP": 7})
    assert (row.number, row.sku, dict(row.values)) == (
        7,
        "CUP",
        {"sku": "CUP", f"price:{CHANNEL}": Decimal("1.50"), "stock:main": 3},
    )


def test_check_and_apply_agree_on_new_and_old_variants_of_a_product_that_is_not_listed(shop: Shop) -> None:
    """Whichever row comes first: a price lists the product, off sale."""
    Channel.objects.create(name="EU", slug="eu", currency_code="EUR", default_country="DE", is_active=True)
    cup = ProductVariant.objects.get(sku="CUP").product
    old = {"sku": "CUP", "price:eu": Decimal("30.00"), "published:eu": True}
    new = {"sku": "CUP-2", "product": cup.slug, "price:eu": Decimal("32.00")}
    alone = {"sku": "OIL", "price:eu": Decimal("9.00"), "published:eu": None}
    for given in ([old, new, alone], [new, alone, old], [old], [new], [alone]):
        checked = check(*given)
        assert errors(checked) == []
        assert not ProductChannelListing.objects.filter(channel__slug="eu").exists()
        pk = stored(*given)
        result = import_journal.apply(import_id=pk)
        assert errors(result) == []
        assert sorted(map(str, result.changes)) == sorted(map(str, checked.changes))
        assert (result.created, result.created_products) == (checked.created, checked.created_products)
        listed = ProductChannelListing.objects.filter(channel__slug="eu")
        expected = {(cup.slug, old in given)} if old in given or new in given else set()
        expected |= {("oil", False)} if alone in given else set()
        assert {(one.product.variants.first().product.slug, one.is_published) for one in listed} >= expected
        listed.delete()
        VariantChannelListing.objects.filter(channel__slug="eu").delete()
        ProductVariant.objects.filter(sku="CUP-2").delete()
