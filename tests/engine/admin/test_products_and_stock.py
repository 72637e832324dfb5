from decimal import Decimal

import pytest

from store.engine.catalog.models import Attribute, Product, ProductChannelListing, VariantChannelListing
from store.engine.events.models import App, Event, EventDelivery, Webhook
from store.engine.stock.models import Stock, StockMovement

pytestmark = pytest.mark.django_db(transaction=True)


def submit_count(admin_client, stock, quantity, *, seen=None, **more):
    form = {
        "quantity": quantity,
        "note": "",
        "seen": stock.quantity if seen is None else seen,
    }
    return admin_client.post(f"/admin/stock/stock/{stock.pk}/change/", form | more)


def test_a_count_logs_a_movement_with_its_reason(admin_client, shop):
    stock = shop.stock()
    assert submit_count(admin_client, stock, 7, note="fell off the shelf").status_code == 302
    assert shop.stock().quantity == 7
    movement = StockMovement.objects.get()
    assert (movement.quantity_change, movement.quantity_after, movement.note) == (
        -3,
        7,
        "fell off the shelf",
    )


def test_a_count_that_is_out_of_date_is_refused_with_the_reason(admin_client, shop):
    stock = shop.stock()
    answer = submit_count(admin_client, stock, 12, seen=11)
    assert answer.status_code == 422
    assert "Meanwhile the shelf changed from 11 to 10 pieces." in answer.content.decode()
    assert (shop.stock().quantity, StockMovement.objects.count()) == (10, 0)


@pytest.mark.parametrize("quantity", ["-1", "x", "", "99999999"])
def test_an_invalid_quantity_is_refused(admin_client, shop, quantity):
    assert submit_count(admin_client, shop.stock(), quantity).status_code == 422
    assert (shop.stock().quantity, StockMovement.objects.count()) == (10, 0)


def test_out_of_stock_is_recorded(admin_client, shop):
    submit_count(admin_client, shop.stock(), 0)
    assert set(Event.objects.values_list("type", flat=True)) == {
        "PRODUCT_VARIANT_OUT_OF_STOCK",
        "PRODUCT_VARIANT_STOCK_UPDATED",
    }


def test_what_runs_low_can_be_listed(admin_client, shop):
    Stock.objects.filter(pk=shop.stock(1, 1).pk).update(quantity=2, quantity_allocated=2)
    low = admin_client.get("/admin/stock/stock/", {"free": "low"}).context["cl"].result_list
    sold_out = admin_client.get("/admin/stock/stock/", {"free": "none"}).context["cl"].result_list
    assert sorted(stock.free for stock in low) == [0, 3]
    assert [stock.free for stock in sold_out] == [0]


def test_stock_movements_are_read_only(admin_client, shop):
    submit_count(admin_client, shop.stock(), 7)
    movement = StockMovement.objects.get()
    assert "Counted" in admin_client.get("/admin/stock/stockmovement/").content.decode()
    for path in ("add/", f"{movement.pk}/delete/"):
        assert admin_client.post(f"/admin/stock/stockmovement/{path}", {"post": "yes"}).status_code in (
            403,
            404,
        )
    assert StockMovement.objects.count() == 1


def test_a_price_is_changed_in_its_channel(admin_client, shop):
    listing = VariantChannelListing.objects.get(variant=shop.variants[0])
    path = f"/admin/catalog/product/{shop.product.pk}/price/"
    assert 'value="31.50"' in admin_client.get(path, {"listing": listing.pk}).content.decode()
    admin_client.post(path, {"listing": listing.pk, "price": "29.90"})
    listing.refresh_from_db()
    assert str(listing.price_amount) == "29.900"
    assert "PRODUCT_VARIANT_UPDATED" in Event.objects.values_list("type", flat=True)
    assert admin_client.post(path, {"listing": listing.pk, "price": "-1"}).status_code == 422
    listing.refresh_from_db()
    assert str(listing.price_amount) == "29.900"


def test_a_product_is_taken_off_sale_and_put_back(admin_client, shop):
    listing = ProductChannelListing.objects.get()
    for published in (False, True):
        admin_client.post(
            f"/admin/catalog/product/{shop.product.pk}/publish/",
            {"listing": listing.pk, "publish": int(published)},
        )
        listing.refresh_from_db()
        assert listing.is_published is published


def test_the_texts_of_a_product_are_changed(admin_client, shop):
    path = f"/admin/catalog/product/{shop.product.pk}/words/"
    admin_client.post(path, {"name": "Starter set", "seo_title": "Cups", "seo_description": ""})
    shop.product.refresh_from_db()
    assert (shop.product.name, shop.product.seo_title, shop.product.slug) == (
        "Starter set",
        "Cups",
        "starter",
    )
    assert admin_client.post(path, {"name": ""}).status_code == 422
    shop.product.refresh_from_db()
    assert shop.product.name == "Starter set"


def test_a_failed_webhook_is_shown_and_retried(admin_client, shop):
    app = App.objects.create(name="Mailer")
    webhook = Webhook.objects.create(app=app, name="mails", target_url="https://example.com")
    event = Event.objects.create(type="ORDER_PAID", object_kind="Order", object_pk="1")
    delivery = EventDelivery.objects.create(event=event, webhook=webhook, status="failed")
    assert "Mailer: mails" in admin_client.get("/admin/events/eventdelivery/").content.decode()
    admin_client.post(f"/admin/events/eventdelivery/{delivery.pk}/again/")
    delivery.refresh_from_db()
    assert delivery.status == "pending"


def test_every_page_opens(admin_client, shop, merchant):
    order = shop.order()
    submit_count(admin_client, shop.stock(), 9)
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
        assert admin_client.get(f"/admin/{path}").status_code == 200, path


def test_the_breadcrumbs_have_the_title_of_the_row(admin_client, shop):
    stock = admin_client.get(f"/admin/stock/stock/{shop.stock().pk}/change/")
    assert str(stock.context["original"]) == "Silicone starter set, Amber"
    order = admin_client.get(f"/admin/orders/order/{shop.order(17).pk}/change/")
    assert str(order.context["original"]) == "#17"


def test_the_home_page_counts_open_work(admin_client, shop):
    shop.order(17)
    shop.order(18, paid=False)
    context = admin_client.get("/admin/").context
    assert (context["to_send_count"], context["unpaid_count"], context["low_count"]) == (1, 1, 2)
    assert [(amount["currency"], amount["n"]) for amount in context["takings"]] == [("USD", 2)]


def test_a_product_without_its_insert_is_not_published(admin_client, shop):
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
    page = admin_client.post(
        f"/admin/catalog/product/{shop.product.pk}/publish/",
        {"listing": listing.pk, "publish": 1},
        follow=True,
    )
    assert "It has no published safety insert. Choose one" in page.content.decode()
    listing.refresh_from_db()
    assert not listing.is_published


def test_a_count_of_one_point_three_zeros_is_asked_about(admin_client, shop):
    answer = submit_count(admin_client, shop.stock(), "1.000")
    assert answer.status_code == 422
    assert "Does 1.000 mean 1000 or 1?" in answer.content.decode()
    assert 'value="1.000"' in answer.content.decode()
    assert (shop.stock().quantity, StockMovement.objects.count()) == (10, 0)


def test_a_count_below_what_is_promised_is_asked_about_once(admin_client, shop):
    Stock.objects.filter(pk=shop.stock().pk).update(quantity_allocated=5)
    answer = submit_count(admin_client, shop.stock(), 0)
    assert "5 of these are promised to orders; 5 would be missing." in answer.content.decode()
    assert (answer.status_code, shop.stock().quantity) == (422, 10)
    assert submit_count(admin_client, shop.stock(), 0, confirmed="0").status_code == 302
    assert shop.stock().quantity == 0


@pytest.mark.parametrize(
    ("typed", "written"),
    [("0", "0"), ("12,345,678,901", "12345678901"), ("3.10", "3.10"), ("316", "316")],
)
def test_an_unusual_price_is_asked_about_once(admin_client, shop, typed, written):
    listing = VariantChannelListing.objects.get(variant=shop.variants[0])
    path = f"/admin/catalog/product/{shop.product.pk}/price/"
    form = {"listing": listing.pk, "price": typed}
    asked = admin_client.post(path, form)
    assert asked.status_code == 422
    assert f'value="{written}"' in asked.content.decode()
    listing.refresh_from_db()
    assert str(listing.price_amount) == "31.500"
    assert admin_client.post(path, form | {"confirmed": written}).status_code == 302
    listing.refresh_from_db()
    assert listing.price_amount == Decimal(written)


def test_a_price_with_a_decimal_comma_is_read(admin_client, shop):
    listing = VariantChannelListing.objects.get(variant=shop.variants[0])
    admin_client.post(
        f"/admin/catalog/product/{shop.product.pk}/price/", {"listing": listing.pk, "price": "29,90"}
    )
    listing.refresh_from_db()
    assert str(listing.price_amount) == "29.900"


def test_a_price_that_no_database_keeps_to_the_cent_is_refused(admin_client, shop):
    listing = VariantChannelListing.objects.get(variant=shop.variants[0])
    path = f"/admin/catalog/product/{shop.product.pk}/price/"
    answer = admin_client.post(path, {"listing": listing.pk, "price": "12,345,678,901,234,567"})
    assert "At most 999999999999." in answer.content.decode()


def test_words_and_prices_that_somebody_else_changed_are_shown_beside_what_was_typed(admin_client, shop):
    path = f"/admin/catalog/product/{shop.product.pk}"
    listing = VariantChannelListing.objects.get(variant=shop.variants[0])
    words = {"name": "Mine", "seo_title": "", "seo_description": ""}
    price = {"listing": listing.pk, "price": "28,00"}
    seen_words = admin_client.get(f"{path}/words/").context["hidden"]["seen_values"]
    seen_price = admin_client.get(f"{path}/price/", {"listing": listing.pk}).context["hidden"]["seen_values"]
    Product.objects.update(name="Theirs")
    VariantChannelListing.objects.update(price_amount=Decimal("33.00"))
    for name, form, seen, shown in (
        ("words", words, seen_words, ("Silicone starter set", "Theirs", 'value="Mine"')),
        ("price", price, seen_price, ("31.50", "33.00", 'value="28,00"')),
    ):
        refused = admin_client.post(f"{path}/{name}/", form | {"seen_values": seen})
        text = refused.content.decode()
        assert (refused.status_code, [words in text for words in shown]) == (422, [True] * 3)
        again = form | {"seen_values": refused.context["hidden"]["seen_values"]}
        assert admin_client.post(f"{path}/{name}/", again).status_code == 302
    listing.refresh_from_db()
    assert (Product.objects.get().name, listing.price_amount) == ("Mine", 28)


def test_a_count_sent_twice_with_one_form_is_written_once(admin_client, shop):
    stock = shop.stock()
    for _ in range(2):
        answer = submit_count(admin_client, stock, 7, request_key="k")
    assert answer.status_code == 302
    assert (shop.stock().quantity, StockMovement.objects.count()) == (7, 1)


def test_a_count_that_is_out_of_date_keeps_what_was_typed(admin_client, shop):
    answer = submit_count(admin_client, shop.stock(), 12, seen=11, note="shelf two")
    text = answer.content.decode()
    assert 'value="12"' in text
    assert "shelf two" in text
    assert 'name="seen" value="10"' in text
