import pytest

from store.engine.catalog.models import Attribute, ProductChannelListing, VariantChannelListing
from store.engine.events.models import App, Event, EventDelivery, Webhook
from store.engine.stock.models import Stock, StockMovement

pytestmark = pytest.mark.django_db(transaction=True)


def counted(desk, stock, quantity, *, seen=None, **more):
    form = {
        "quantity": quantity,
        "reason": "Counted",
        "note": "",
        "seen": stock.quantity if seen is None else seen,
    }
    return desk.post(f"/admin/stock/stock/{stock.pk}/change/", form | more)


def test_counting_anew_goes_through_the_ledger_with_its_reason(desk, shop):
    stock = shop.stock()
    assert counted(desk, stock, 7, reason="Damaged", note="fell off the shelf").status_code == 302
    assert shop.stock().quantity == 7
    movement = StockMovement.objects.get()
    assert (movement.quantity_change, movement.quantity_after, movement.note) == (
        -3,
        7,
        "Damaged: fell off the shelf",
    )


def test_a_count_that_is_out_of_date_is_refused_and_says_why(desk, shop):
    stock = shop.stock()
    answer = counted(desk, stock, 12, seen=11)
    assert answer.status_code == 422
    assert "Meanwhile the shelf changed from 11 to 10 pieces." in answer.content.decode()
    assert (shop.stock().quantity, StockMovement.objects.count()) == (10, 0)


@pytest.mark.parametrize("quantity", ["-1", "x", "", "99999999"])
def test_nonsense_is_no_count(desk, shop, quantity):
    assert counted(desk, shop.stock(), quantity).status_code == 422
    assert (shop.stock().quantity, StockMovement.objects.count()) == (10, 0)


def test_selling_out_is_told(desk, shop):
    counted(desk, shop.stock(), 0)
    assert set(Event.objects.values_list("type", flat=True)) == {
        "PRODUCT_VARIANT_OUT_OF_STOCK",
        "PRODUCT_VARIANT_STOCK_UPDATED",
    }


def test_what_runs_low_can_be_listed(desk, shop):
    Stock.objects.filter(pk=shop.stock(1, 1).pk).update(quantity=2, quantity_allocated=2)
    low = desk.get("/admin/stock/stock/", {"free": "low"}).context["cl"].result_list
    gone = desk.get("/admin/stock/stock/", {"free": "none"}).context["cl"].result_list
    assert sorted(stock.free for stock in low) == [0, 3]
    assert [stock.free for stock in gone] == [0]


def test_the_ledger_is_to_read_only(desk, shop):
    counted(desk, shop.stock(), 7)
    movement = StockMovement.objects.get()
    assert "Counted" in desk.get("/admin/stock/stockmovement/").content.decode()
    for path in ("add/", f"{movement.pk}/delete/"):
        assert desk.post(f"/admin/stock/stockmovement/{path}", {"post": "yes"}).status_code in (403, 404)
    assert StockMovement.objects.count() == 1


def test_a_price_is_changed_in_its_channel(desk, shop):
    listing = VariantChannelListing.objects.get(variant=shop.variants[0])
    path = f"/admin/catalog/product/{shop.product.pk}/price/"
    assert 'value="31.50"' in desk.get(path, {"listing": listing.pk}).content.decode()
    desk.post(path, {"listing": listing.pk, "price": "29.90"})
    listing.refresh_from_db()
    assert str(listing.price_amount) == "29.900"
    assert "PRODUCT_VARIANT_UPDATED" in Event.objects.values_list("type", flat=True)
    assert desk.post(path, {"listing": listing.pk, "price": "-1"}).status_code == 422
    listing.refresh_from_db()
    assert str(listing.price_amount) == "29.900"


def test_a_product_is_taken_off_sale_and_put_back(desk, shop):
    listing = ProductChannelListing.objects.get()
    for wanted in (False, True):
        desk.post(f"/admin/catalog/product/{shop.product.pk}/publish/", {"listing": listing.pk})
        listing.refresh_from_db()
        assert listing.is_published is wanted


def test_the_words_of_a_product_are_changed(desk, shop):
    path = f"/admin/catalog/product/{shop.product.pk}/words/"
    desk.post(path, {"name": "Starter set", "seo_title": "Cups", "seo_description": ""})
    shop.product.refresh_from_db()
    assert (shop.product.name, shop.product.seo_title, shop.product.slug) == (
        "Starter set",
        "Cups",
        "starter",
    )
    assert desk.post(path, {"name": ""}).status_code == 422
    shop.product.refresh_from_db()
    assert shop.product.name == "Starter set"


def test_a_failed_webhook_is_seen_and_sent_again(desk, shop):
    app = App.objects.create(name="Mailer")
    webhook = Webhook.objects.create(app=app, name="mails", target_url="https://example.com")
    event = Event.objects.create(type="ORDER_PAID", object_kind="Order", object_pk="1")
    delivery = EventDelivery.objects.create(event=event, webhook=webhook, status="failed")
    assert "Webhooks that failed" in desk.get("/admin/").content.decode()
    assert "Mailer: mails" in desk.get("/admin/events/eventdelivery/").content.decode()
    desk.post(f"/admin/events/eventdelivery/{delivery.pk}/again/")
    delivery.refresh_from_db()
    assert delivery.status == "pending"


def test_every_page_opens(desk, shop, merchant):
    order = shop.order()
    counted(desk, shop.stock(), 9)
    for path in (
        "",
        "orders/order/",
        f"orders/order/{order.pk}/change/",
        "accounts/user/",
        f"accounts/user/{merchant.pk}/change/",
        "catalog/product/",
        f"catalog/product/{shop.product.pk}/change/",
        "stock/stock/",
        f"stock/stock/{shop.stock().pk}/change/",
        "stock/stockmovement/",
        "events/eventdelivery/",
    ):
        assert desk.get(f"/admin/{path}").status_code == 200, path


def test_the_path_above_a_page_names_the_thing(desk, shop):
    stock = desk.get(f"/admin/stock/stock/{shop.stock().pk}/change/")
    assert str(stock.context["original"]) == "Silicone starter set, Amber"
    order = desk.get(f"/admin/orders/order/{shop.order(17).pk}/change/")
    assert str(order.context["original"]) == "#17"


def test_the_first_page_says_what_is_to_do(desk, shop):
    shop.order(17)
    shop.order(18, paid=False)
    context = desk.get("/admin/").context
    assert (context["to_send_count"], context["unpaid_count"], context["low_count"]) == (1, 1, 2)
    assert [(one["currency"], one["n"]) for one in context["takings"]] == [("USD", 2)]


def test_the_desk_does_not_put_on_sale_what_lacks_its_insert(desk, shop):
    attribute = Attribute.objects.create(
        name="Safety insert",
        slug="safety-insert",
        type="PRODUCT_TYPE",
        input_type="REFERENCE",
        entity_type="PAGE",
    )
    shop.product.product_type.product_attributes.add(attribute)
    listing = ProductChannelListing.objects.get()
    ProductChannelListing.objects.update(is_published=False)
    page = desk.post(
        f"/admin/catalog/product/{shop.product.pk}/publish/", {"listing": listing.pk}, follow=True
    )
    assert "It has no published safety insert. Choose one" in page.content.decode()
    listing.refresh_from_db()
    assert not listing.is_published
