"""What completion takes over from the checkout, and what its options change."""

from decimal import Decimal

import pytest

from store.engine.accounts.models import Address, User
from store.engine.channels import shop_settings
from store.engine.checkout import complete, delivery_options, legacy_payments, payment, promo_codes
from store.engine.checkout.complete import CompletionOptions
from store.engine.checkout.models import Checkout, CheckoutDelivery, CheckoutLine
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard, Voucher, VoucherChannelListing, VoucherCode
from store.engine.errors import OperationError
from store.engine.events.models import Event
from store.engine.orders.models import Order, OrderDiscount
from store.engine.payments.legacy_payments import GATEWAY
from store.engine.payments.models import Payment, TransactionItem
from store.engine.shipping.models import ShippingMethodChannelListing
from store.engine.stock.models import Allocation, Reservation, Warehouse
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def checkout(shop: Shop) -> Checkout:
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 2))


def completed(checkout: Checkout, **options: object) -> Order:
    order = complete.complete_with_options(checkout.pk, CompletionOptions(**options))  # type: ignore[arg-type]
    order.refresh_from_db()
    return order


def paid(checkout: Checkout, **options: object) -> Order:
    checkout_flow.pay(checkout)
    return completed(checkout, **options)


def test_metadata_of_both_and_the_newer_redirect_are_the_orders(checkout: Checkout) -> None:
    Checkout.objects.update(
        metadata={"a": "1", "b": "1"}, private_metadata={"p": "1"}, redirect_url="https://old.example"
    )
    order = paid(
        checkout, metadata={"b": "2"}, private_metadata={"q": "2"}, redirect_url="https://new.example"
    )
    assert (order.metadata, order.private_metadata) == ({"a": "1", "b": "2"}, {"p": "1", "q": "2"})
    assert order.redirect_url == "https://new.example"


def test_without_a_new_redirect_the_checkouts_stays(checkout: Checkout) -> None:
    Checkout.objects.update(redirect_url="https://old.example")
    assert paid(checkout).redirect_url == "https://old.example"


def test_a_guests_order_belongs_to_the_account_of_the_address(checkout: Checkout) -> None:
    ada = User.objects.create(email="ada@example.com")
    assert paid(checkout).user == ada


def test_a_closed_account_or_another_address_gets_no_order(checkout: Checkout) -> None:
    User.objects.create(email="bob@example.com")
    User.objects.create(email="ada@example.com", is_active=False)
    assert paid(checkout).user is None


def test_the_payment_is_the_orders_and_the_money_counted(shop: Shop, checkout: Checkout) -> None:
    other = checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1))
    checkout_flow.pay(other)
    order = paid(checkout)
    item = TransactionItem.objects.get(order_id=order.pk)
    assert (item.checkout_id, TransactionItem.objects.get(checkout_id=other.pk).order_id) == (None, None)
    assert (order.total_charged_amount, order.charge_status, order.authorize_status) == (
        order.total_gross_amount,
        "FULL",
        "FULL",
    )
    placed, fully_paid, confirmed = order.events.order_by("pk")
    assert [placed.type, fully_paid.type, confirmed.type] == ["PLACED", "ORDER_FULLY_PAID", "CONFIRMED"]
    assert fully_paid.parameters == {"payment_gateway": item.app_identifier}


def test_where_staff_confirm_a_paid_order_waits_for_them(shop: Shop, checkout: Checkout) -> None:
    shop.channel.automatically_confirm_all_new_orders = False
    shop.channel.save()
    order = paid(checkout)
    assert (order.status, order.charge_status) == ("UNCONFIRMED", "FULL")
    assert not Event.objects.filter(type="ORDER_CONFIRMED").exists()


def test_authorized_money_makes_an_order_that_is_not_paid(shop: Shop, checkout: Checkout) -> None:
    shop.channel.default_transaction_flow_strategy = "AUTHORIZATION"
    shop.channel.save()
    payment.initialize(
        gateway_id=checkout_flow.DUMMY,
        checkout_id=checkout.pk,
        data={"event": {"type": "AUTHORIZATION_SUCCESS", "includePspReference": True}},
    )
    order = completed(checkout)
    assert (order.charge_status, order.authorize_status, order.status) == ("NONE", "FULL", "UNFULFILLED")
    assert not Event.objects.filter(type__in=["ORDER_PAID", "ORDER_FULLY_PAID"]).exists()


def test_an_app_that_collects_the_money_itself_needs_no_payment(checkout: Checkout) -> None:
    with pytest.raises(OperationError):
        completed(checkout)
    order = completed(checkout, allow_unpaid=True)
    assert (order.charge_status, order.status) == ("NONE", "UNCONFIRMED")


def test_a_checkout_that_is_kept_has_addresses_of_its_own(checkout: Checkout) -> None:
    order = paid(checkout, keep_checkout=True)
    kept = Checkout.objects.get()
    assert (kept.has_order, kept.lines.count()) == (True, 1)
    for name in ("billing_address", "shipping_address"):
        mine, theirs = getattr(kept, name), getattr(order, name)
        assert (mine.pk != theirs.pk, mine.street_address_1) == (True, theirs.street_address_1)
    assert completed(checkout) == order
    assert Order.objects.count() == 1


def test_all_rows_of_the_checkout_go_and_no_others(shop: Shop, checkout: Checkout) -> None:
    other = checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1))
    line = checkout.lines.get()
    shop_settings.update(changes={"reserve_stock_duration_anonymous_user": 10})
    Reservation.objects.create(
        checkout_line_id=line.pk,
        stock=shop.variants["CUP"].stocks.get(),
        quantity_reserved=2,
        reserved_until=checkout.created_at,
    )
    order = paid(checkout)
    assert list(Checkout.objects.all()) == [other]
    assert CheckoutLine.objects.get().checkout == other
    assert CheckoutDelivery.objects.get().checkout == other
    assert (order.lines.get().pk, Allocation.objects.get().order_line_id) == (line.pk, line.pk)
    assert not Reservation.objects.exists()


def test_a_customers_addresses_are_remembered_where_they_asked_for_it(shop: Shop) -> None:
    ada = User.objects.create(email="ada@example.com")
    for billing, shipping, expected in ((False, False, 0), (True, False, 1), (False, True, 1)):
        ada.addresses.clear()
        checkout = checkout_flow.create_checkout(
            shop, (shop.variants.get("CUP") or shop.variant("CUP"), 1), user=ada
        )
        checkout_flow.set_address_and_delivery(checkout.pk)
        Checkout.objects.update(save_billing_address=billing, save_shipping_address=shipping)
        paid(checkout)
        assert ada.addresses.count() == expected


def test_the_address_of_a_collection_point_is_not_remembered(shop: Shop) -> None:
    ada = User.objects.create(email="ada@example.com")
    Warehouse.objects.update(click_and_collect_option="LOCAL")
    checkout = checkout_flow.create_checkout(shop, (shop.variant("CUP"), 1), user=ada)
    checkout_flow.set_address_and_delivery(checkout.pk)
    delivery_options.choose(checkout_id=checkout.pk, warehouse_id=shop.warehouse.pk)
    Checkout.objects.update(save_billing_address=False, save_shipping_address=True)
    order = paid(checkout)
    assert (order.collection_point, order.collection_point_name) == (shop.warehouse, "Main")
    assert (ada.addresses.count(), order.shipping_price_gross_amount) == (0, 0)
    assert Allocation.objects.get().stock.warehouse == shop.warehouse


def voucher(shop: Shop, **options: object) -> VoucherCode:
    made = Voucher.objects.create(name="Spring", usage_limit=3, **options)
    VoucherChannelListing.objects.create(
        voucher=made, channel=shop.channel, currency="USD", discount_value=Decimal(5)
    )
    return VoucherCode.objects.create(voucher=made, code="SPRING")


@pytest.mark.parametrize("kind", ["ENTIRE_ORDER", "SHIPPING", "SPECIFIC_PRODUCT"])
def test_a_voucher_is_used_and_named(shop: Shop, checkout: Checkout, kind: str) -> None:
    code = voucher(shop, type=kind)
    if kind == "SPECIFIC_PRODUCT":
        code.voucher.variants.add(shop.variants["CUP"])
    promo_codes.add_code(checkout_id=checkout.pk, code="SPRING")
    order = paid(checkout)
    code.refresh_from_db()
    line = order.lines.get()
    assert (code.used, order.voucher_code, order.voucher) == (1, "SPRING", code.voucher)
    if kind == "SPECIFIC_PRODUCT":
        assert (line.voucher_code, line.unit_discount_reason) == ("SPRING", "Voucher code: SPRING")
        assert line.unit_discount_amount == 5
        assert not OrderDiscount.objects.exists()
    else:
        found = OrderDiscount.objects.get()
        amount = Decimal("4.90") if kind == "SHIPPING" else Decimal(5)
        assert (found.order, found.value, found.amount_value, found.name, found.reason) == (
            order,
            amount,
            amount,
            "Spring",
            "Voucher code: SPRING",
        )
        assert (line.voucher_code, line.unit_discount_reason) == (None, None)


def test_gift_cards_pay_first_and_are_the_orders(checkout: Checkout) -> None:
    gift_cards.issue(amount=Decimal(20), currency="USD", code="GIFT-1234")
    promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1234")
    order = paid(checkout)
    card = GiftCard.objects.get()
    assert (card.current_balance_amount, list(order.gift_cards.all())) == (0, [card])
    assert order.total_gross_amount == Decimal("68.25") - 20
    assert order.total_charged_amount == order.total_gross_amount
    assert not card.checkouts.exists()


def test_an_older_payment_is_carried_out_when_the_order_is_made(checkout: Checkout) -> None:
    legacy_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY, token="")
    order = completed(checkout)
    found = Payment.objects.get()
    assert (found.order_id, found.checkout_id, found.captured_amount) == (
        order.pk,
        None,
        order.total_gross_amount,
    )
    assert (order.charge_status, order.status) == ("FULL", "UNFULFILLED")


@pytest.mark.parametrize("automatic", [True, False])
def test_an_older_payment_that_is_only_authorized_confirms_the_order_too(
    shop: Shop, checkout: Checkout, automatic: bool
) -> None:
    shop.channel.automatically_confirm_all_new_orders = automatic
    shop.channel.save()
    legacy_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY, token="not-charged")
    order = completed(checkout)
    assert (order.charge_status, order.status) == ("NONE", "UNFULFILLED" if automatic else "UNCONFIRMED")


@pytest.mark.parametrize("automatic", [True, False])
def test_an_order_of_nothing_to_pay_is_paid(shop: Shop, checkout: Checkout, automatic: bool) -> None:
    shop.channel.automatically_confirm_all_new_orders = automatic
    shop.channel.save()
    CheckoutLine.objects.update(undiscounted_unit_price_amount=0)
    ShippingMethodChannelListing.objects.update(price_amount=0)
    checkout_flow.set_address_and_delivery(checkout.pk)
    order = completed(checkout)
    assert (order.total_gross_amount, order.charge_status) == (0, "FULL")
    assert order.status == ("UNFULFILLED" if automatic else "UNCONFIRMED")


def test_an_older_payment_of_too_little_is_not_carried_out(checkout: Checkout) -> None:
    legacy_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY, token="")
    Payment.objects.update(total=Decimal("68.24"))
    with pytest.raises(OperationError) as refused:
        completed(checkout)
    assert refused.value.code == "CHECKOUT_NOT_FULLY_PAID"
    assert Payment.objects.get().captured_amount == 0
    assert Checkout.objects.get().completion_problem == ""


def test_what_is_paid_in_part_is_refused_and_told_to_the_merchant_once(checkout: Checkout) -> None:
    checkout_flow.pay(checkout, amount=Decimal(10))
    before = Event.objects.filter(type="CHECKOUT_UPDATED").count()
    for _ in range(2):
        with pytest.raises(OperationError) as refused:
            completed(checkout)
        assert (refused.value.code, refused.value.field) == ("CHECKOUT_NOT_FULLY_PAID", "id")
    assert Checkout.objects.get().completion_problem.startswith("Paid, but no order: ")
    assert Event.objects.filter(type="CHECKOUT_UPDATED").count() == before + 1
    assert not Order.objects.exists()
    assert Address.objects.filter(pk=checkout.billing_address_id).exists()
