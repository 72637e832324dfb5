"""The embedded shop moved to another shop over HTTP. Orders are not among it: our engine makes none in bulk, a Saleor does."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from store import wiring
from store.engine.catalog.models import Collection, ProductVariant
from store.engine.channels.models import Channel
from store.engine.stock.models import Stock
from store.move import closing
from store.move.context import MoveContext
from store.move.move import sections
from store.move.report import Report
from store.move.shop_api import ShopApi, edges
from store.move.temporary_app import temporary_app
from store.saleor.client.client import Client
from store.saleor.transports import HttpTransport
from store.saleor_app.registration import staff_token
from tests.contract.targets import EMAIL, PASSWORD, run_embedded
from tests.engine.checkout_flow import Shop, create_checkout, create_shop

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NEW_SHOP = "new.example"
SKUS = ("CUP-A", "CUP-B")
GIFT_CARD = (
    """mutation($i:GiftCardCreateInput!){giftCardCreate(input:$i){giftCard{id} errors{field message code}}}"""
)
CUSTOMER = """mutation($i:UserCreateInput!){customerCreate(input:$i){user{id} errors{field message code}}}"""


@pytest.fixture(scope="module")
def new_url() -> Iterator[str]:
    with run_embedded() as api:
        yield api.url


@pytest.fixture
def former(settings: Any) -> Shop:
    settings.SHOP_ID = NEW_SHOP
    call_command("prepare", verbosity=0)  # makes the app that reads it
    shop = create_shop()
    for sku in SKUS:
        shop.variant(sku, stock=9)
    return shop


def login(url: str) -> Client:
    anybody = Client(HttpTransport(url))
    return anybody.with_token(staff_token(anybody, EMAIL, PASSWORD))


def run(new: Client, *, until: str = "", **options: Any) -> MoveContext:
    """All sections but the orders; `until`: the last one before the process is killed."""
    context = MoveContext(
        wiring.embedded_shop(), new, Report("embedded", NEW_SHOP, options.get("dry", False)),
        overwrite=options.get("overwrite", False), dry=options.get("dry", False),
    )  # fmt: skip
    context.start()
    for name, section in sections(
        lambda url: ("a.png", b""), with_trade=options.get("with_trade", True)
    ).items():
        if name != "orders":
            list(section(context))
            if name == until:
                return context
            context.save()
    context.finish()
    return context


def counts(context: MoveContext, kind: str) -> dict[str, int]:
    return dict(context.report.counts.get(kind, {}))


def variants(new: Client) -> dict[str, dict[str, Any]]:
    products = ShopApi(new).nodes("Products", "products")
    return {one["sku"]: one for node in products for one in edges(node["productVariants"])}


def put_in_order(former: Shop, *skus: str) -> None:
    """In the collection "best", made if need be."""
    best, _ = Collection.objects.get_or_create(slug="best", defaults={"name": "Best"})
    for place, sku in enumerate(skus):
        best.collection_products.update_or_create(
            product=former.variants[sku].product, defaults={"sort_order": place}
        )


def order_in_collection(new: Client) -> list[str]:
    api = ShopApi(new)
    (best,) = [one for one in api.nodes("Collections", "collections") if one["slug"] == "best"]
    found = api.ask("CollectionProducts", id=best["id"])["collection"]["products"]
    return [one["slug"] for one in edges(found)]


def test_a_shop_is_moved_once_and_merged_from_then_on(new_url: str, former: Shop) -> None:
    slugs = {sku: former.variants[sku].product.slug for sku in SKUS}
    put_in_order(former, "CUP-B", "CUP-A")
    api = ShopApi(wiring.embedded_shop())
    for document, given in (
        (CUSTOMER, {"email": "ada@example.com", "languageCode": "DE"}),
        (GIFT_CARD, {"balance": {"currency": "USD", "amount": 12.5}, "isActive": True, "code": "CARD-1"}),
    ):
        api.client.get_data(api.client.execute(document, variables={"i": given}))
    create_checkout(former, (former.variants["CUP-A"], 2), email="ada@example.com")
    Stock.objects.filter(variant__sku="CUP-B").update(quantity_allocated=4)
    with temporary_app(lambda: login(new_url)) as new:
        run(new, dry=True)
        assert variants(new) == {}

        run(new, until="products")  # killed before its notes were saved
        first = run(new)
        assert {sku: one["stocks"][0]["quantity"] for sku, one in variants(new).items()} == {
            "CUP-A": 9,
            "CUP-B": 5,
        }
        assert counts(first, "gift-card") == {"created": 1}
        assert counts(first, "basket") == {"created": 1}
        assert [one for one in first.report.to_do if "CUP-B" in one]
        assert order_in_collection(new) == [slugs["CUP-B"], slugs["CUP-A"]]

        second = run(new)
        assert {kind for kind, by in second.report.counts.items() if set(by) != {"unchanged"}} == set()
        assert second.notes == []

        mine = variants(new)["CUP-A"]
        rename = (
            'mutation($id:ID!){productVariantUpdate(id:$id,input:{name:"Mine"}){errors{field message code}}}'
        )
        new.get_data(new.execute(rename, variables={"id": mine["id"]}))
        ProductVariant.objects.filter(sku__in=SKUS).update(name="Changed")
        put_in_order(former, "CUP-A", "CUP-B")
        third = run(new)
        assert order_in_collection(new) == [slugs["CUP-A"], slugs["CUP-B"]]
        assert {sku: one["name"] for sku, one in variants(new).items()} == {
            "CUP-A": "Mine",
            "CUP-B": "Changed",
        }
        assert third.notes == [
            "product-variant CUP-A: name was changed in the shop and in the former shop; the shop's is kept"
        ]
        emails = [one["email"] for one in ShopApi(new).nodes("Customers", "customers")]
        assert emails.count("ada@example.com") == 1
    assert [one.node.name for one in login(new_url).apps_by_name(name="move").apps.edges] == []


def test_a_closed_shop_sells_nothing_and_is_open_in_the_new_one(new_url: str, former: Shop) -> None:
    api = ShopApi(wiring.embedded_shop())
    assert list(closing.close(api)) == ["default-channel"]
    assert list(closing.close(api)) == []
    assert not Channel.objects.get().is_active
    with temporary_app(lambda: login(new_url)) as new:
        run(new, until="channels")
        (channel,) = [
            one for one in ShopApi(new).ask("Channels")["channels"] if one["slug"] == "default-channel"
        ]
        assert channel["isActive"]
    assert list(closing.reopen(api)) == ["default-channel"]
    assert Channel.objects.get().is_active
