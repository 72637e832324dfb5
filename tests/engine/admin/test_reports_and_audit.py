"""Reports with their CSV, the home page's figures, and the audit log of what people changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.admin import csv_xlsx, reports
from store.engine.catalog.models import VariantChannelListing
from store.engine.events import webhook_deliveries
from store.engine.events.models import Event
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)


def test_sales_by_day_have_every_day_in_the_merchants_zone(shop: Shop, settings: Any) -> None:
    order = shop.order(17)
    today = timezone.localdate()
    rows = reports.sales_by_day(None).rows
    assert len(rows) == 1 + reports.DAYS
    assert rows[-1] == (today.isoformat(), "USD", 1, order.total_gross_amount)
    assert {row[2] for row in rows[1:-1]} == {0}


def test_a_cancelled_order_is_no_sale(shop: Shop) -> None:
    shop.order(17)
    Order.objects.update(status="CANCELED")
    assert len(reports.sales_by_day(None).rows) == 1
    assert len(reports.sales_by_item(None).rows) == 1


def test_items_cover_and_returns(shop: Shop) -> None:
    order = shop.order(17, pieces=3)
    assert reports.sales_by_item(None).rows[1][:5] == ("CUP-A", "Silicone starter set", "Amber", "USD", 3)
    # 10 + 3 on the shelves, 3 promised: 10 free at 3 in 30 days
    assert reports.stock_cover(None).rows[1] == ("CUP-A", "Silicone starter set", 10, 3, 100)
    parcel = Fulfillment.objects.create(order=order, fulfillment_order=1, status="RETURNED")
    FulfillmentLine.objects.create(
        fulfillment=parcel, order_line=order.lines.get(), quantity=3, lots={"L1": 2}
    )
    assert reports.returns_by_lot(None).rows[1:] == [("L1", "CUP-A", 2), ("no lot", "CUP-A", 1)]


def test_each_report_has_a_csv(admin_client: Client, shop: Shop) -> None:
    shop.order(17)
    page = admin_client.get("/admin/orders/order/reports/").content.decode()
    for key in reports.REPORTS:
        assert f"?report={key}" in page
        content = admin_client.get("/admin/orders/order/report-csv/", {"report": key}).content
        assert len(csv_xlsx.read(content, max_rows=100)) >= 1
    assert admin_client.get("/admin/orders/order/report-csv/", {"report": "x"}).status_code == 404


def test_a_csv_has_sums_in_whole_cents(admin_client: Client, shop: Shop) -> None:
    shop.order(17)
    Order.objects.update(total_gross_amount="73.58")
    OrderLine.objects.update(total_price_gross_amount="73.58")
    for key in ("sales", "items"):
        content = admin_client.get("/admin/orders/order/report-csv/", {"report": key}).content
        assert csv_xlsx.read(content, max_rows=100)[-1][-1] == "73.58"


def test_the_home_page_has_todays_sales(admin_client: Client, shop: Shop) -> None:
    order = shop.order(17)
    shop.order(18)
    Order.objects.filter(number=18).update(created_at=timezone.now() - timedelta(days=2))
    [today] = admin_client.get("/admin/").context["today"]
    assert (today["n_today"], today["ordered_today"]) == (1, order.total_gross_amount)


def change_price(client: Client, shop: Shop, price: str = "29.90") -> None:
    listing = VariantChannelListing.objects.get(variant=shop.variants[0])
    client.post(f"/admin/catalog/product/{shop.product.pk}/price/", {"listing": listing.pk, "price": price})


def test_a_change_is_in_the_audit_log_with_person_before_and_after(
    admin_client: Client, shop: Shop, merchant: User
) -> None:
    change_price(admin_client, shop)
    words = {"name": "Starter", "seo_title": "", "seo_description": ""}
    admin_client.post(f"/admin/catalog/product/{shop.product.pk}/words/", words)
    found = {event.type: event.changes for event in Event.objects.filter(principal_pk=str(merchant.pk))}
    assert found["PRODUCT_VARIANT_UPDATED"] == {"price in default-channel": ["31.500", "29.90"]}
    assert found["PRODUCT_UPDATED"] == {"name": ["Silicone starter set", "Starter"]}
    page = admin_client.get("/admin/events/event/", {"q": "merchant@"}).content.decode()
    assert "merchant@cupwell.example" in page
    assert "name: Silicone starter set → Starter" in page
    none = admin_client.get("/admin/events/event/", {"q": "nobody@"})
    assert list(none.context["cl"].result_list) == []


def test_the_audit_log_calls_an_order_by_its_number(admin_client: Client, shop: Shop, merchant: User) -> None:
    order = shop.order(17)
    assert "Nothing here yet." in admin_client.get("/admin/events/event/").text
    about = {"object_kind": "Order", "object_pk": str(order.pk), "planned_at": timezone.now()}
    Event.objects.create(type="ORDER_UPDATED", principal_kind="User", principal_pk=str(merchant.pk), **about)
    page = admin_client.get("/admin/events/event/", {"about": "Order"}).text
    assert "Order #17</a>" in page
    assert "Nothing matches." in admin_client.get("/admin/events/event/", {"q": "nobody@"}).text


def test_what_a_refused_change_noted_is_not_stored(admin_client: Client, shop: Shop) -> None:
    change_price(admin_client, shop, "-1")
    assert Event.objects.count() == 0
    admin_client.post(f"/admin/catalog/product/{shop.product.pk}/words/", {"name": "It heals arthritis"})
    change_price(admin_client, shop)
    assert [list(event.changes) for event in Event.objects.all()] == [["price in default-channel"]]


def test_the_audit_log_is_exported(admin_client: Client, shop: Shop) -> None:
    change_price(admin_client, shop)
    rows = csv_xlsx.read(admin_client.get("/admin/events/event/export/").getvalue(), max_rows=100)
    assert rows[1][1:3] == ["merchant@cupwell.example", "PRODUCT_VARIANT_UPDATED"]
    assert rows[1][-3:] == ["price in default-channel", "31.500", "29.90"]


def test_the_audit_log_is_kept_as_long_as_set(admin_client: Client, shop: Shop) -> None:
    change_price(admin_client, shop)
    days = django_settings.AUDIT_RETENTION_DAYS
    for age, left in ((15, 1), (days - 1, 1), (days + 1, 0)):
        moment = timezone.now() - timedelta(days=age)
        Event.objects.update(created_at=moment, planned_at=moment)
        webhook_deliveries.prune()
        assert Event.objects.count() == left
    Event.objects.create(type="ORDER_PAID", object_kind="Order", object_pk="1", planned_at=moment)
    webhook_deliveries.prune()
    assert Event.objects.count() == 0


def test_only_who_manages_staff_reads_the_audit_log(shop: Shop) -> None:
    staff = User.objects.create_user("packer@cupwell.example", "x", is_staff=True)
    client = Client()
    client.force_login(staff)
    assert client.get("/admin/events/event/").status_code == 403
    assert client.get("/admin/events/event/export/").status_code == 403
