"""Variants and products that are made or changed with their stock and prices, one by one and in bulk."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.catalog import variants
from store.engine.catalog.channel_listings import ListingInput, PriceInput
from store.engine.catalog.models import Product, ProductChannelListing, ProductVariant, VariantChannelListing
from store.engine.catalog.products import Links
from store.engine.errors import OperationError, OperationErrors
from store.engine.stock import product_bulk_create, variant_creation
from store.engine.stock.models import Stock, Warehouse
from store.engine.stock.product_bulk_create import ProductInput
from store.engine.stock.variant_creation import VariantInput, VariantUpdateInput
from tests.engine.checkout_flow import Shop, create_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    """A cup at 29.00, ten of it."""
    made = create_shop()
    made.variant("CUP", sort_order=0)
    return made


def product(shop: Shop) -> Product:
    return shop.variants["CUP"].product


def variant_input(shop: Shop, sku: str = "NEW", **more: Any) -> VariantInput:
    given: dict[str, Any] = {
        "stocks": {shop.warehouse.pk: 4},
        "prices": [PriceInput(shop.channel, {"price": Decimal("19.00")})],
    }
    return VariantInput({"sku": sku, "name": sku.title()}, **given | more)


def lowest_price(shop: Shop) -> Decimal | None:
    return ProductChannelListing.objects.get(product=product(shop)).discounted_price_amount


def skus() -> list[str]:
    return list(ProductVariant.objects.order_by("pk").values_list("sku", flat=True))


def test_a_variant_is_made_with_stock_and_price(shop: Shop) -> None:
    made = variant_creation.create(product=product(shop), variant_input=variant_input(shop))
    assert (made.sku, made.product) == ("NEW", product(shop))
    assert (Stock.objects.get(variant=made).quantity, lowest_price(shop)) == (4, 19)
    assert VariantChannelListing.objects.get(variant=made).price_amount == 19
    bare = variant_creation.create(product=product(shop), variant_input=VariantInput({"sku": "BARE"}))
    assert (bare.stocks.count(), VariantChannelListing.objects.filter(variant=bare).count()) == (0, 0)


def test_a_variant_without_a_place_among_the_others_is_changed(shop: Shop) -> None:
    variant = shop.variant("BALL")
    assert variant.sort_order is None
    variants.update(variant=variant, given={"name": "Ball"})
    variant.refresh_from_db()
    assert (variant.name, variant.sort_order) == ("Ball", None)


def test_errors_of_the_input_make_nothing(shop: Shop) -> None:
    wrong = variant_input(shop, errors=[OperationError("wrong", field="sku")])
    with pytest.raises(OperationErrors):
        variant_creation.create(product=product(shop), variant_input=wrong)
    assert skus() == ["CUP"]


@pytest.mark.parametrize(
    ("policy", "made"),
    [("REJECT_EVERYTHING", []), ("REJECT_FAILED_ROWS", ["A", "B"]), ("IGNORE_FAILED", ["A", "B"])],
)
def test_in_bulk_the_policy_says_what_an_error_costs(shop: Shop, policy: str, made: list[str]) -> None:
    inputs = [
        variant_input(shop, "A"),
        variant_input(shop, errors=[OperationError("wrong", field="sku")]),
        variant_input(shop, "B"),
    ]
    results = variant_creation.bulk_create(product=product(shop), inputs=inputs, policy=policy)
    assert [bool(one.errors) for one in results] == [False, True, False]
    assert (skus(), lowest_price(shop) == 19) == (["CUP", *made], bool(made))


def update(shop: Shop, **changes: Any) -> Any:
    given = {"variant": shop.variants["CUP"], "given": {}} | changes
    [result] = variant_creation.bulk_update(product=product(shop), inputs=[VariantUpdateInput(**given)])
    return result


def test_an_update_changes_what_is_given_and_leaves_the_rest(shop: Shop) -> None:
    east = Warehouse.objects.create(name="East", slug="east", address=shop.warehouse.address)
    cup = shop.variants["CUP"]
    assert update(shop, given={"name": "Sage"}).errors == []
    assert (ProductVariant.objects.get().name, Stock.objects.get().quantity) == ("Sage", 10)
    assert update(shop, new_stocks={east.pk: 2}, stocks={shop.warehouse.pk: 7}).errors == []
    assert dict(Stock.objects.values_list("warehouse__slug", "quantity")) == {"main": 7, "east": 2}
    assert (
        update(
            shop, remove_stocks=[east.pk], prices=[PriceInput(shop.channel, {"price": Decimal("9.00")})]
        ).errors
        == []
    )
    assert (Stock.objects.get().warehouse, lowest_price(shop)) == (shop.warehouse, 9)
    listing = VariantChannelListing.objects.get()
    other = shop.variant("OIL")
    foreign = VariantChannelListing.objects.get(variant=other)
    assert update(shop, remove_listings=[listing.pk, foreign.pk]).errors == []
    assert list(VariantChannelListing.objects.all()) == [foreign]
    assert cup.product_id != other.product_id


def test_an_update_with_errors_changes_nothing(shop: Shop) -> None:
    result = update(shop, given={"name": "Sage"}, errors=[OperationError("wrong")])
    assert (len(result.errors), ProductVariant.objects.get().name) == (1, "Amber")
    east = Warehouse.objects.create(name="East", slug="east", address=shop.warehouse.address)
    result = update(shop, new_stocks={east.pk: 2, shop.warehouse.pk: 1})
    assert ([one.field for one in result.errors], Stock.objects.count()) == (["warehouse"], 1)


def product_input(shop: Shop, slug: str = "new", **more: Any) -> ProductInput:
    given: dict[str, Any] = {"variants": [variant_input(shop, f"{slug}-1")],
                             "listings": [ListingInput(shop.channel, {"is_published": True})],
                             "links": Links(category=shop.category)}  # fmt: skip
    return ProductInput(shop.type, {"name": slug.title(), "slug": slug}, **given | more)


def bulk(*inputs: ProductInput | OperationError, policy: str = "REJECT_EVERYTHING") -> list[list[str | None]]:
    """The places of the errors of each result."""
    results = product_bulk_create.bulk_create(inputs=inputs, policy=policy)
    return [[error.extras.get("path") or error.field for error in one.errors] for one in results]


def test_products_are_made_with_all_that_belongs_to_them(shop: Shop) -> None:
    assert bulk(product_input(shop, "a"), product_input(shop, "b", media=[])) == [[], []]
    assert skus() == ["CUP", "a-1", "b-1"]
    found = Product.objects.get(slug="a")
    listing = ProductChannelListing.objects.get(product=found)
    assert (found.name, listing.is_published, listing.discounted_price_amount) == ("A", True, 19)
    assert Stock.objects.get(variant__sku="a-1").quantity == 4


def test_one_that_could_not_be_read_rejects_all_or_only_itself(shop: Shop) -> None:
    unread = OperationError("wrong", field="name")
    flawed = product_input(shop, "c", errors=[OperationError("wrong", field="slug")])
    assert bulk(product_input(shop, "a"), unread, flawed) == [[], ["name"], ["slug"]]
    assert skus() == ["CUP"]
    assert bulk(product_input(shop, "a"), unread, flawed, policy="REJECT_FAILED_ROWS") == [
        [],
        ["name"],
        ["slug"],
    ]
    assert skus() == ["CUP", "a-1"]


@pytest.mark.parametrize(("policy", "made"), [("REJECT_FAILED_ROWS", []), ("IGNORE_FAILED", ["a-1"])])
def test_a_wrong_variant_or_picture_costs_the_product_or_only_itself(
    shop: Shop, policy: str, made: list[str]
) -> None:
    wrong = variant_input(shop, errors=[OperationError("wrong", field="sku")])
    given = product_input(
        shop, "a", variants=[variant_input(shop, "a-1"), wrong], media=[{"media_url": "ftp://x", "alt": ""}]
    )
    [paths] = bulk(given, policy=policy)
    assert paths[0] == "variants.1.sku"
    assert len(paths) == (2 if made else 1)
    assert all(str(path).startswith("media.0") for path in paths[1:])
    assert (skus(), Product.objects.filter(slug="a").exists()) == (["CUP", *made], bool(made))
