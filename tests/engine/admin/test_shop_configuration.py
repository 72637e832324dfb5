"""Vouchers, gift cards, shipping prices, taxes, channels, menus and pages: read, and changed by their operations."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from store.engine.catalog.models import Menu, MenuItem, Page, PageType
from store.engine.discounts.models import GiftCard, GiftCardEvent, Voucher, VoucherCode
from store.engine.shipping.models import ShippingMethod
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
