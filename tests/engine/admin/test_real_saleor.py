"""With a real Saleor behind the store the desk shows what is ours and links to the Dashboard, never the embedded shop."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from store.engine.admin.base import ReadOnlyAdmin
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def real_saleor(settings: Any) -> None:
    settings.EMBEDDED = False
    settings.SALEOR_DASHBOARD_URL = "https://saleor.example/dashboard"


def test_pages_of_the_embedded_shop_are_refused(admin_client: Client, shop: Shop, real_saleor: None) -> None:
    order = shop.order()
    for path in (
        "/admin/orders/order/",
        f"/admin/orders/order/{order.pk}/change/",
        f"/admin/orders/order/{order.pk}/cancel/",
        "/admin/orders/order/phone/",
        "/admin/catalog/product/",
        "/admin/catalog/product/import/",
        "/admin/catalog/product/export/",
        "/admin/stock/stock/receive/",
        "/admin/channels/waiver/add/",
    ):
        assert admin_client.get(path).status_code == 403, path


def test_the_first_page_links_to_the_dashboard(admin_client: Client, shop: Shop, real_saleor: None) -> None:
    shop.order()
    answer = admin_client.get("/admin/")
    text = answer.content.decode()
    assert 'href="https://saleor.example/dashboard/orders"' in text
    assert "To send" not in text
    assert "#17" not in text


def test_the_navigation_has_no_model_of_the_embedded_shop(
    admin_client: Client, shop: Shop, real_saleor: None
) -> None:
    text = admin_client.get("/admin/guides/").content.decode()
    for model, model_admin in admin.site._registry.items():
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        hidden = isinstance(model_admin, ReadOnlyAdmin) and not model_admin.serves_saleor
        assert (address in text) is not hidden, address


def test_mails_lots_colleagues_guides_and_wording_are_there(
    admin_client: Client, shop: Shop, real_saleor: None
) -> None:
    for path in (
        "/admin/mailer/mailplan/",
        "/admin/mailer/contacttask/",
        "/admin/safety/lot/",
        "/admin/accounts/staffmember/",
        "/admin/events/event/",
        "/admin/guides/",
        "/admin/check-text/",
    ):
        assert admin_client.get(path).status_code == 200, path


def test_a_row_without_a_page_is_not_found(admin_client: Client, shop: Shop) -> None:
    """The ledger's rows have no page of their own."""
    assert admin_client.get("/admin/stock/stockmovement/1/change/").status_code == 404
