"""Vouchers, gift cards, shipping prices, taxes, channels, menus and pages: read, and changed by their operations."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.admin import settings_admin
from store.engine.admin.settings_admin import SettingAdmin
from store.engine.catalog.models import Menu, MenuItem, Page, PageType
from store.engine.channels.models import Channel
from store.engine.discounts.models import GiftCard, GiftCardEvent, Voucher, VoucherCode
from store.engine.events.models import Event
from store.engine.events.outbox import record_changes_once
from store.engine.shipping.models import ShippingMethod, ShippingZone
from store.engine.taxes.models import TaxClass, TaxClassCountryRate
from tests.engine.admin.conftest import Shop
from tests.engine.admin.test_order_work import link_warehouses

pytestmark = pytest.mark.django_db(transaction=True)


def change(client: Client, path: str, **form: Any) -> Any:
    """Send the page's form with what it shows and these values."""
    page = client.get(path)
    shown = {
        name: value for name, value in page.context["form"].initial.items() if value not in (None, False)
    }
    hidden = page.context["hidden"]
    return client.post(
        path, {name: value for name, value in (shown | form | hidden).items() if value is not None}
    )


def test_a_voucher_is_read_and_ended(admin_client: Client, shop: Shop) -> None:
    voucher = Voucher.objects.create(name="Summer")
    VoucherCode.objects.create(voucher=voucher, code="SUMMER10")
    path = f"/admin/discounts/voucher/{voucher.pk}/change/"
    assert "SUMMER10 (used 0 times)" in admin_client.get(path).content.decode()
    form = {"end_date": "2030-06-30", "usage_limit": "5", "apply_once_per_customer": "on"}
    assert change(admin_client, path, **form).status_code == 302
    voucher.refresh_from_db()
    assert voucher.end_date is not None
    assert timezone.localtime(voucher.end_date).date() == date(2030, 6, 30)
    assert (voucher.usage_limit, voucher.apply_once_per_customer) == (5, True)


def test_a_gift_card_is_switched_off(admin_client: Client, shop: Shop) -> None:
    card = GiftCard.objects.create(
        code="ABCD-1234", currency="USD", initial_balance_amount=50, current_balance_amount=20
    )
    path = f"/admin/discounts/giftcard/{card.pk}/change/"
    page = admin_client.get(path).content.decode()
    assert ("$20.00" in page, "ABCD-1234" in page) == (True, False)
    assert change(admin_client, path, is_active=None).status_code == 302
    card.refresh_from_db()
    assert (card.is_active, GiftCardEvent.objects.get().type) == (False, "DEACTIVATED")


def test_a_shipping_price_is_changed(admin_client: Client, shop: Shop) -> None:
    link_warehouses(shop)
    method = ShippingMethod.objects.get()
    path = f"/admin/shipping/shippingmethod/{method.pk}/change/"
    assert (
        change(
            admin_client, path, **{"price-default-channel": "6,50", "maximum_delivery_days": "4"}
        ).status_code
        == 302
    )
    method.refresh_from_db()
    assert (method.channel_listings.get().price_amount, method.maximum_delivery_days) == (Decimal("6.50"), 4)
    assert change(admin_client, path, **{"price-default-channel": "-1"}).status_code == 422
    assert method.channel_listings.get().price_amount == Decimal("6.50")


def test_a_tax_rate_is_changed(admin_client: Client, shop: Shop) -> None:
    tax_class = TaxClass.objects.create(name="Standard")
    TaxClassCountryRate.objects.create(tax_class=tax_class, country="DE", rate=19)
    path = f"/admin/taxes/taxclass/{tax_class.pk}/change/"
    assert change(admin_client, path, **{"rate-DE": "16,5"}).status_code == 302
    assert tax_class.country_rates.get().rate == Decimal("16.5")


def test_what_somebody_else_changed_is_not_overwritten(admin_client: Client, shop: Shop) -> None:
    path = f"/admin/channels/channel/{shop.channel.pk}/change/"
    hidden = admin_client.get(path).context["hidden"]
    shop.channel.name = "Theirs"
    shop.channel.save()
    refused = admin_client.post(path, {"name": "Mine"} | hidden)
    assert (refused.status_code, "Theirs" in refused.content.decode()) == (422, True)
    assert admin_client.post(path, {"name": "Mine"} | refused.context["hidden"]).status_code == 302
    shop.channel.refresh_from_db()
    assert shop.channel.name == "Mine"


def test_a_channel_sends_gift_cards_and_gives_money_back_by_itself(admin_client: Client, shop: Shop) -> None:
    path = f"/admin/channels/channel/{shop.channel.pk}/change/"
    hours = "checkout_ttl_before_releasing_funds"
    switches = {
        "automatically_confirm_all_new_orders": "on",
        "automatically_fulfill_non_shippable_gift_card": "on",
        "release_funds_for_expired_checkouts": "on",
    }
    assert change(admin_client, path, **switches | {hours: "0"}).status_code == 422
    assert change(admin_client, path, **switches | {hours: "48"}).status_code == 302
    shop.channel.refresh_from_db()
    assert [getattr(shop.channel, name) for name in (*switches, hours)] == [True, True, True, 48]
    assert change(admin_client, path, **{hours: ""}).status_code == 302
    shop.channel.refresh_from_db()
    assert [getattr(shop.channel, name) for name in (*switches, hours)] == [True, True, True, None]


def test_a_menu_is_read_and_a_page_is_hidden(admin_client: Client, shop: Shop) -> None:
    menu = Menu.objects.create(name="Top", slug="top")
    MenuItem.objects.create(menu=menu, name="All sets", url="https://shop.example/products/")
    assert "All sets" in admin_client.get(f"/admin/catalog/menu/{menu.pk}/change/").content.decode()
    page = Page.objects.create(
        title="About",
        slug="about",
        is_published=True,
        page_type=PageType.objects.create(name="Info", slug="info"),
    )
    path = f"/admin/catalog/page/{page.pk}/change/"
    assert change(admin_client, path, is_published=None, title="About us").status_code == 302
    page.refresh_from_db()
    assert (page.title, page.is_published) == ("About us", False)
    refused = change(admin_client, path, title="Cures arthritis")
    page.refresh_from_db()
    assert (refused.status_code, page.title) == (422, "About us")


@pytest.mark.parametrize(
    "model",
    [
        "discounts/voucher",
        "discounts/giftcard",
        "shipping/shippingmethod",
        "taxes/taxclass",
        "channels/channel",
        "catalog/menu",
        "catalog/page",
    ],
)
def test_every_list_opens(admin_client: Client, shop: Shop, model: str) -> None:
    assert admin_client.get(f"/admin/{model}/").status_code == 200


def test_a_channel_is_closed_and_opened_again(admin_client: Client, shop: Shop) -> None:
    path = f"/admin/channels/channel/{shop.channel.pk}/opening/"
    asked = admin_client.get(path).content.decode()
    assert "Close United States for buyers?" in asked
    assert "the only open channel" in asked
    Channel.objects.create(name="Swiss", slug="ch", currency_code="CHF", default_country="CH", is_active=True)
    assert "the only open channel" not in admin_client.get(path).content.decode()
    for opens, is_active in (("", False), ("", False), ("1", True)):
        assert admin_client.post(path, {"opens": opens}).status_code == 302
        shop.channel.refresh_from_db()
        assert shop.channel.is_active is is_active
    assert Event.objects.filter(type="CHANNEL_STATUS_CHANGED").count() == 2


def test_entries_of_a_menu_get_the_places_that_are_typed(admin_client: Client, shop: Shop) -> None:
    menu = Menu.objects.create(name="Top", slug="top")
    names = ("A", "B", "C", "D")
    items = {
        name: MenuItem.objects.create(menu=menu, name=name, sort_order=n) for n, name in enumerate(names)
    }
    MenuItem.objects.create(menu=menu, name="B1", parent=items["B"], level=1)
    path = f"/admin/catalog/menu/{menu.pk}/change/"

    def order() -> str:
        return "".join(menu.items.filter(parent=None).values_list("name", flat=True))

    assert [name for name, _ in admin_client.get(path).context["facts"]] == ["A", "B", "– B1", "C", "D"]
    for moves, after in (({"D": 2}, "ADBC"), ({"A": 3}, "DBAC"), ({"D": 4, "C": 1}, "CBAD")):
        places = {f"place-{items[name].pk}": str(place) for name, place in moves.items()}
        assert change(admin_client, path, **places).status_code == 302
        assert order() == after
    assert change(admin_client, path, **{f"place-{items['A'].pk}": "9"}).status_code == 422


def setting_pages(shop: Shop) -> dict[str, tuple[Any, dict[str, str]]]:
    """For each kind of setting a row, and what is typed into fields of its form."""
    link_warehouses(shop)
    method = ShippingMethod.objects.get()
    card = GiftCard.objects.create(
        code="ABCD-1234", currency="USD", initial_balance_amount=50, current_balance_amount=20
    )
    tax_class = TaxClass.objects.create(name="Standard")
    TaxClassCountryRate.objects.create(tax_class=tax_class, country="DE", rate=19)
    menu = Menu.objects.create(name="Top", slug="top")
    for place, name in enumerate(("A", "B")):
        MenuItem.objects.create(menu=menu, name=name, sort_order=place)
    page = Page.objects.create(
        title="About", slug="about", page_type=PageType.objects.create(name="Info", slug="info")
    )
    voucher = Voucher.objects.create(name="Summer")
    west = str(shop.warehouses[1].pk)
    return {
        "discounts/voucher": (voucher, {"end_date": "2030-06-30", "usage_limit": "5"}),
        "discounts/giftcard": (card, {"balance": "15", "expiry_date": "2099-01-31"}),
        "shipping/shippingzone": (method.shipping_zone, {"name": "Here", "countries": "US CA"}),
        "shipping/shippingmethod": (method, {"name": "Slow", "price-default-channel": "6.50"}),
        "taxes/taxclass": (tax_class, {"name": "Usual", "rate-DE": "16.5"}),
        "channels/channel": (shop.channel, {"name": "USA", "warehouses": west}),
        "catalog/menu": (menu, {"name": "Above", f"place-{menu.items.get(name='B').pk}": "1"}),
        "catalog/page": (page, {"title": "About us", "seo_title": "We"}),
        "stock/warehouse": (shop.warehouses[0], {"name": "North", "city": "RENO"}),
    }


def test_each_form_of_a_setting_leaves_who_what_before_and_after(
    admin_client: Client, merchant: User, shop: Shop
) -> None:
    pages = setting_pages(shop)
    assert set(pages) == {
        f"{model._meta.app_label}/{model._meta.model_name}"
        for model, page in admin.site._registry.items()
        if isinstance(page, SettingAdmin)
    }
    for path, (row, typed) in pages.items():
        before = Event.objects.count()
        assert change(admin_client, f"/admin/{path}/{row.pk}/change/", **typed).status_code == 302, path
        events = list(Event.objects.order_by("pk")[before:])
        assert {event.principal_pk for event in events} == {str(merchant.pk)}, path
        noted = {name: pair for event in events for name, pair in event.changes.items()}
        assert {logged_as(name) for name in typed} <= noted.keys(), (path, noted)
        assert len(noted) == sum(len(event.changes) for event in events), f"{path}: a value is there twice"
        assert all(old != new for old, new in noted.values()), path


def logged_as(name: str) -> str:
    """The places of a menu's entries are logged as the order that they make."""
    return "entries" if name.startswith("place-") else name


def test_a_form_that_is_saved_as_it_is_shown_leaves_no_change_in_the_audit_log(
    admin_client: Client, shop: Shop
) -> None:
    pages = setting_pages(shop)
    voucher, page = pages["discounts/voucher"][0], pages["catalog/page"][0]
    voucher.variants.set(shop.variants[:2])
    PageType.objects.update(slug="shop-page")
    page.content = {"time": 1, "blocks": [{"type": "paragraph", "data": {"text": "We&nbsp;cup &amp; rest."}}]}
    page.save()
    for path, (row, _) in pages.items():
        assert change(admin_client, f"/admin/{path}/{row.pk}/change/").status_code == 302, path
        assert [event.changes for event in Event.objects.exclude(changes={})] == [], path


def test_the_audit_log_has_an_address_as_it_was_stored(admin_client: Client, shop: Shop) -> None:
    path = f"/admin/stock/warehouse/{shop.warehouses[0].pk}/change/"
    before = shop.warehouses[0].address.city
    assert change(admin_client, path, city="palo alto").status_code == 302
    shop.warehouses[0].address.refresh_from_db()
    [event] = Event.objects.exclude(changes={})
    assert event.type == "WAREHOUSE_UPDATED"
    assert event.changes["city"] == [before, shop.warehouses[0].address.city]


def test_what_is_made_with_a_form_is_in_the_audit_log_with_its_values(
    admin_client: Client, shop: Shop
) -> None:
    form = {"name": "Alps", "countries": "at, ch", "channels": str(shop.channel.pk)}
    admin_client.post("/admin/shipping/shippingzone/add/", form)
    form = {"name": "Swiss", "slug": "ch", "currency_code": "chf", "default_country": "ch"}
    admin_client.post("/admin/channels/channel/add/", form)
    zone = Event.objects.get(type="SHIPPING_ZONE_CREATED").changes
    assert zone == {"name": ["", "Alps"], "countries": ["", "AT, CH"], "channels": ["", str(shop.channel)]}
    channel = Event.objects.get(type="CHANNEL_CREATED").changes
    assert channel["currency_code"] == ["", "chf"]
    assert "" not in {after for _, after in channel.values()}


def test_entries_of_the_audit_log_are_named_as_saleor_names_events() -> None:
    assert settings_admin.entry_type(ShippingZone) == "SHIPPING_ZONE_UPDATED"
    assert settings_admin.entry_type(Menu) == "MENU_UPDATED"


def test_a_change_far_down_in_a_long_text_is_in_the_audit_log() -> None:
    text = "a" * 5000
    with transaction.atomic():
        record_changes_once("PAGE_UPDATED", kind="Page", pk=1, changes={"content": (text, text + " b")})
    [before, after] = Event.objects.get().changes["content"]
    assert (before[0], after[0], after[-2:], len(after) <= 201) == ("…", "…", " b", True)


def test_codes_of_a_voucher_are_not_in_the_audit_log(admin_client: Client, shop: Shop) -> None:
    """Who reads the log need not be allowed to see what pays."""
    voucher = Voucher.objects.create(name="Summer")
    path = f"/admin/discounts/voucher/{voucher.pk}/change/"
    assert change(admin_client, path, codes="SPRING-7").status_code == 302
    assert voucher.codes.get().code == "SPRING-7"
    assert "SPRING-7" not in str(list(Event.objects.values_list("changes", flat=True)))


def test_what_is_made_and_deleted_of_taxes_is_in_the_audit_log(admin_client: Client, shop: Shop) -> None:
    admin_client.post("/admin/taxes/taxclass/add/", {"name": "Books", "rates": "DE 7"})
    tax_class = TaxClass.objects.get(name="Books")
    admin_client.post(f"/admin/taxes/taxclass/{tax_class.pk}/remove/")
    found = Event.objects.filter(object_kind="TaxClass").order_by("pk").values_list("type", "changes")
    assert [kind for kind, _ in found] == ["TAX_CLASS_CREATED", "TAX_CLASS_DELETED"]
    assert [changes.get("name") for _, changes in found][1] == ["Books", ""]
