"""Vouchers, gift cards, warehouses, zones, delivery, taxes, channels, menus and pages: made, changed, ended at the desk."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from store.engine.catalog.models import Category, Menu, Page, PageType
from store.engine.channels.models import Channel
from store.engine.discounts.models import GiftCard, GiftCardEvent, Voucher
from store.engine.events.models import Event
from store.engine.shipping.models import ShippingMethod, ShippingZone
from store.engine.stock.models import Stock, Warehouse
from store.engine.taxes.models import TaxClass
from tests.engine.admin.conftest import Shop
from tests.engine.admin.test_order_work import link_warehouses
from tests.engine.admin.test_shop_configuration import change

pytestmark = pytest.mark.django_db(transaction=True)
CHANNEL = "default-channel"
VOUCHER = {
    "name": "Spring",
    "codes": "SPRING10\nLENZ10",
    "type": "ENTIRE_ORDER",
    "discount_value_type": "PERCENTAGE",
    f"worth-{CHANNEL}": "10",
    f"from-{CHANNEL}": "25",
}
WAREHOUSE = {
    "name": "Depot",
    "street_address_1": "1600 Amphitheatre Pkwy",
    "city": "Mountain View",
    "country_area": "CA",
    "postal_code": "94043",
    "country": "us",
    "click_and_collect_option": "DISABLED",
}


def make(client: Client, path: str, **form: str) -> Any:
    return client.post(f"/admin/{path}/add/", form)


def made_by(client: Client, type_: str) -> bool:
    """Whether the audit log has an event of the type by the logged-in colleague."""
    return Event.objects.filter(
        type=type_, principal_kind="User", principal_pk=client.session["_auth_user_id"]
    ).exists()


def test_a_voucher_is_made_with_codes_and_worth(admin_client: Client, shop: Shop) -> None:
    assert admin_client.get("/admin/discounts/voucher/add/").status_code == 200
    assert make(admin_client, "discounts/voucher", **VOUCHER, skus="CUP-A").status_code == 302
    voucher = Voucher.objects.get()
    listing = voucher.channel_listings.get()
    assert (listing.discount_value, listing.min_spent_amount) == (10, 25)
    assert set(voucher.codes.values_list("code", flat=True)) == {"SPRING10", "LENZ10"}
    assert [variant.sku for variant in voucher.variants.all()] == ["CUP-A"]
    assert made_by(admin_client, "VOUCHER_CREATED")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"codes": ""}, "at least one code"),
        ({f"worth-{CHANNEL}": ""}, "what it is worth in"),
        ({f"worth-{CHANNEL}": "", f"from-{CHANNEL}": ""}, "at least one channel"),
        ({f"worth-{CHANNEL}": "101"}, "Invalid percentage"),
        ({"codes": "A\nA"}, "given twice"),
        ({"skus": "NONE"}, "No variant has the SKU NONE"),
        ({"end_date": "2001-01-01", "start_date": "2002-01-01"}, "before the start date"),
        ({"name": ""}, "required"),
    ],
)
def test_a_wrong_voucher_leaves_nothing(
    admin_client: Client, shop: Shop, wrong: dict[str, str], message: str
) -> None:
    answer = make(admin_client, "discounts/voucher", **(VOUCHER | wrong))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Voucher.objects.exists()


def test_a_voucher_is_changed_and_deleted(admin_client: Client, shop: Shop) -> None:
    make(admin_client, "discounts/voucher", **VOUCHER)
    voucher = Voucher.objects.get()
    path = f"/admin/discounts/voucher/{voucher.pk}"
    form = {f"worth-{CHANNEL}": "15", f"from-{CHANNEL}": None, "codes": "MAI", "unwanted": "LENZ10"}
    assert change(admin_client, f"{path}/change/", **form).status_code == 302
    listing = voucher.channel_listings.get()
    assert (listing.discount_value, listing.min_spent_amount) == (15, None)
    assert set(voucher.codes.values_list("code", flat=True)) == {"SPRING10", "MAI"}
    assert change(admin_client, f"{path}/change/", unwanted="LENZ10").status_code == 422
    assert admin_client.get(f"{path}/remove/").status_code == 200
    assert Voucher.objects.exists()
    assert admin_client.post(f"{path}/remove/").status_code == 302
    assert not Voucher.objects.exists()
    assert made_by(admin_client, "VOUCHER_DELETED")


@pytest.mark.parametrize("worth", ["10", "20", "100", "12.5"])
def test_a_voucher_is_saved_again_as_it_is_shown(admin_client: Client, shop: Shop, worth: str) -> None:
    make(admin_client, "discounts/voucher", **(VOUCHER | {f"worth-{CHANNEL}": worth}))
    voucher = Voucher.objects.get()
    path = f"/admin/discounts/voucher/{voucher.pk}/change/"
    assert f'value="{worth}"' in admin_client.get(path).content.decode()
    assert change(admin_client, path, name="Autumn").status_code == 302
    assert voucher.channel_listings.get().discount_value == Decimal(worth)


def test_an_amount_that_becomes_a_percentage_is_checked_as_one(admin_client: Client, shop: Shop) -> None:
    amount = {"discount_value_type": "FIXED", f"worth-{CHANNEL}": "150"}
    assert make(admin_client, "discounts/voucher", **(VOUCHER | amount)).status_code == 302
    voucher = Voucher.objects.get()
    path = f"/admin/discounts/voucher/{voucher.pk}/change/"
    assert change(admin_client, path, discount_value_type="PERCENTAGE").status_code == 422
    voucher.refresh_from_db()
    assert voucher.discount_value_type == "FIXED"


def test_a_form_that_is_sent_twice_changes_once(admin_client: Client, shop: Shop) -> None:
    make(admin_client, "catalog/menu", name="Foot", slug="foot")
    menu = Menu.objects.get(slug="foot")
    path = f"/admin/catalog/menu/{menu.pk}/change/"
    form = admin_client.get(path).context["hidden"] | {
        "name": "Foot",
        "entry": "Help",
        "url": "https://a.example/",
    }
    form |= {"request_key": "once"}
    for _ in range(2):
        assert admin_client.post(path, form).status_code == 302
    assert [item.name for item in menu.items.all()] == ["Help"]


def test_a_gift_card_is_sent_once_however_often_the_form_is(admin_client: Client, shop: Shop) -> None:
    form = {"amount": "50", "channel": CHANNEL, "email": "ada@example.com", "request_key": "one"}
    for _ in range(2):
        assert make(admin_client, "discounts/giftcard", **form).status_code == 302
    card = GiftCard.objects.get()
    assert (card.current_balance_amount, card.currency) == (50, "USD")
    sent = Event.objects.get(type="GIFT_CARD_SENT")
    assert sent.object_pk == str(card.pk)
    send = {"email": "bob@example.com", "channel": CHANNEL, "request_key": "two"}
    for _ in range(2):
        assert admin_client.post(f"/admin/discounts/giftcard/{card.pk}/send/", send).status_code == 302
    events = GiftCardEvent.objects.filter(type="RESENT")
    assert [event.parameters["email"] for event in events] == ["bob@example.com"]


def test_a_gift_card_without_an_address_shows_its_code_once(admin_client: Client, shop: Shop) -> None:
    answer = admin_client.post(
        "/admin/discounts/giftcard/add/", {"amount": "50", "channel": CHANNEL}, follow=True
    )
    card = GiftCard.objects.get()
    assert card.code in answer.content.decode()
    assert card.code not in str(admin_client.cookies)
    GiftCard.objects.update(created=timezone.now() - timedelta(minutes=11))
    later = admin_client.get(answer.request["PATH_INFO"], follow=True)
    assert later.redirect_chain
    assert card.code not in later.content.decode()
    assert not Event.objects.filter(type="GIFT_CARD_SENT").exists()


def test_the_code_of_a_card_whose_form_was_sent_twice_is_seen(admin_client: Client, shop: Shop) -> None:
    form = {"amount": "50", "channel": CHANNEL, "request_key": "one"}
    for _ in range(2):
        answer = admin_client.post("/admin/discounts/giftcard/add/", form, follow=True)
        assert GiftCard.objects.get().code in answer.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"amount": "0"}, {"amount": "x"}, {"email": "nobody"}, {"expiry_date": "2001-01-01"}]
)
def test_a_wrong_gift_card_is_not_made(admin_client: Client, shop: Shop, wrong: dict[str, str]) -> None:
    form = {"amount": "50", "channel": CHANNEL, "email": "ada@example.com"} | wrong
    assert make(admin_client, "discounts/giftcard", **form).status_code == 422
    assert not GiftCard.objects.exists()
    assert not Event.objects.filter(type="GIFT_CARD_SENT").exists()


def test_the_balance_of_a_gift_card_is_corrected_and_an_unused_one_deleted(
    admin_client: Client, shop: Shop
) -> None:
    make(admin_client, "discounts/giftcard", amount="50", channel=CHANNEL)
    card = GiftCard.objects.get()
    path = f"/admin/discounts/giftcard/{card.pk}"
    assert change(admin_client, f"{path}/change/", balance="20").status_code == 302
    card.refresh_from_db()
    assert (card.current_balance_amount, card.initial_balance_amount) == (20, 50)
    GiftCard.objects.update(last_used_on=timezone.now())
    assert admin_client.post(f"{path}/remove/").status_code == 422
    GiftCard.objects.update(last_used_on=None)
    assert admin_client.post(f"{path}/remove/").status_code == 302
    assert not GiftCard.objects.exists()


def test_a_warehouse_is_made_changed_and_deleted_when_empty(admin_client: Client, shop: Shop) -> None:
    assert make(admin_client, "stock/warehouse", **WAREHOUSE).status_code == 302
    warehouse = Warehouse.objects.get(name="Depot")
    assert warehouse.address.country == "US"
    path = f"/admin/stock/warehouse/{warehouse.pk}"
    assert change(admin_client, f"{path}/change/", name="West", city="Palo Alto").status_code == 302
    warehouse.refresh_from_db()
    assert (warehouse.name, warehouse.address.city.upper()) == ("West", "PALO ALTO")
    stock = Stock.objects.create(variant=shop.variants[0], warehouse=warehouse, quantity=3)
    assert "3 pieces lie there" in admin_client.post(f"{path}/remove/").content.decode()
    stock.delete()
    assert admin_client.post(f"{path}/remove/").status_code == 302
    assert not Warehouse.objects.filter(pk=warehouse.pk).exists()
    assert made_by(admin_client, "WAREHOUSE_CREATED")


def test_a_warehouse_without_an_address_is_not_made(admin_client: Client, shop: Shop) -> None:
    before = Warehouse.objects.count()
    for wrong in ({"city": ""}, {"country": "QQ"}, {"name": ""}):
        assert make(admin_client, "stock/warehouse", **(WAREHOUSE | wrong)).status_code == 422
    assert Warehouse.objects.count() == before


def test_a_zone_and_its_delivery_are_made_and_deleted(admin_client: Client, shop: Shop) -> None:
    link_warehouses(shop)
    zone_form = {"name": "Alps", "countries": "at, ch de", "channels": str(shop.channel.pk)}
    assert make(admin_client, "shipping/shippingzone", **zone_form).status_code == 302
    zone = ShippingZone.objects.get(name="Alps")
    assert (zone.countries, list(zone.channels.all())) == (["AT", "CH", "DE"], [shop.channel])
    assert make(admin_client, "shipping/shippingzone", name="No", countries="QQ").status_code == 422
    form = {"zone": str(zone.pk), "name": "Courier", f"price-{CHANNEL}": "4,90", "maximum_delivery_days": "3"}
    assert make(admin_client, "shipping/shippingmethod", **form).status_code == 302
    method = ShippingMethod.objects.get(name="Courier")
    assert (method.channel_listings.get().price_amount, method.maximum_delivery_days) == (Decimal("4.90"), 3)
    assert make(admin_client, "shipping/shippingmethod", zone=str(zone.pk), name="Air").status_code == 422
    assert not ShippingMethod.objects.filter(name="Air").exists()
    path = f"/admin/shipping/shippingzone/{zone.pk}"
    assert change(admin_client, f"{path}/change/", countries="AT", channels=None).status_code == 302
    zone.refresh_from_db()
    assert (zone.countries, list(zone.channels.all())) == (["AT"], [])
    assert admin_client.post(f"/admin/shipping/shippingmethod/{method.pk}/remove/").status_code == 302
    assert admin_client.post(f"{path}/remove/").status_code == 302
    assert not ShippingZone.objects.filter(name="Alps").exists()


def test_delivery_is_priced_in_the_channels_of_its_zone(admin_client: Client, shop: Shop) -> None:
    """One taken off the zone stands in nobody's way, and one that is new to it gets a price."""
    link_warehouses(shop)
    other = Channel.objects.create(name="Swiss", slug="ch", currency_code="CHF", default_country="CH")
    zone = ShippingZone.objects.create(name="Alps", countries=["CH"])
    zone.channels.set([shop.channel])
    form = {"zone": str(zone.pk), "name": "Courier", f"price-{CHANNEL}": "4.90"}
    make(admin_client, "shipping/shippingmethod", **form)
    method = ShippingMethod.objects.get(name="Courier")
    zone.channels.set([other])
    path = f"/admin/shipping/shippingmethod/{method.pk}/change/"
    assert change(admin_client, path, **{"name": "Post", "price-ch": "8"}).status_code == 302
    listing = method.channel_listings.get()
    assert (listing.channel, listing.price_amount) == (other, 8)


def test_a_tax_class_is_made_with_rates_and_gets_more(admin_client: Client, shop: Shop) -> None:
    assert make(admin_client, "taxes/taxclass", name="Books", rates="DE 7\nFR 5,5 %").status_code == 302
    made = TaxClass.objects.get(name="Books")
    path = f"/admin/taxes/taxclass/{made.pk}"
    assert change(admin_client, f"{path}/change/", rates="AT 10").status_code == 302
    rates = made.country_rates.order_by("country").values_list("country", "rate")
    assert list(rates) == [("AT", 10), ("DE", 7), ("FR", Decimal("5.5"))]
    assert change(admin_client, f"{path}/change/", rates="DE 9").status_code == 422
    assert make(admin_client, "taxes/taxclass", name="Bad", rates="DE lots").status_code == 422
    assert "is GB" in make(admin_client, "taxes/taxclass", name="Bad", rates="UK 20").content.decode()
    assert admin_client.post(f"{path}/remove/").status_code == 302


def test_a_channel_is_made_with_its_warehouses(admin_client: Client, shop: Shop) -> None:
    form = {"name": "Swiss", "slug": "ch", "currency_code": "chf", "default_country": "ch"}
    warehouse = shop.warehouses[0]
    assert make(admin_client, "channels/channel", **form, warehouses=str(warehouse.pk)).status_code == 302
    channel = Channel.objects.get(slug="ch")
    assert (channel.currency_code, list(channel.warehouses.all())) == ("CHF", [warehouse])
    assert make(admin_client, "channels/channel", **form).status_code == 422
    path = f"/admin/channels/channel/{channel.pk}/change/"
    assert change(admin_client, path, warehouses=None).status_code == 302
    assert not channel.warehouses.exists()


def test_a_menu_gets_and_loses_entries(admin_client: Client, shop: Shop) -> None:
    category = Category.objects.create(name="Glass", slug="glass-cups")
    assert make(admin_client, "catalog/menu", name="Foot", slug="foot").status_code == 302
    menu = Menu.objects.get(slug="foot")
    path = f"/admin/catalog/menu/{menu.pk}"
    given = {"entry": "Glass", "leads_to": f"category-{category.pk}"}
    assert change(admin_client, f"{path}/change/", **given).status_code == 302
    item = menu.items.get()
    assert (item.name, item.category) == ("Glass", category)
    below = {"entry": "Blog", "url": "https://example.com/", "under": str(item.pk)}
    assert change(admin_client, f"{path}/change/", **below).status_code == 302
    assert change(admin_client, f"{path}/change/", entry="Nowhere").status_code == 422
    assert change(admin_client, f"{path}/change/", unwanted=str(item.pk)).status_code == 302
    assert not menu.items.exists()
    assert admin_client.post(f"{path}/remove/").status_code == 302


def test_a_page_is_made_hidden_and_deleted_unless_it_comes_from_a_guide(
    admin_client: Client, shop: Shop
) -> None:
    own, guide = (PageType.objects.create(name=name, slug=name) for name in ("shop-page", "guide"))
    assert make(admin_client, "catalog/page", title="Our studio", content="We **cup**.").status_code == 302
    page = Page.objects.get(page_type=own)
    assert (page.slug, page.is_published) == ("our-studio", False)
    kept = Page.objects.create(title="Guide", slug="guide", page_type=guide)
    assert admin_client.post(f"/admin/catalog/page/{kept.pk}/remove/").status_code == 422
    assert admin_client.post(f"/admin/catalog/page/{page.pk}/remove/").status_code == 302
    assert list(Page.objects.filter(page_type__in=[own, guide])) == [kept]


def test_the_default_end_of_a_gift_card_is_the_shops(admin_client: Client, shop: Shop) -> None:
    day = date.today() + timedelta(days=400)
    make(admin_client, "discounts/giftcard", amount="5", channel=CHANNEL, expiry_date=day.isoformat())
    assert GiftCard.objects.get().expiry_date == day
