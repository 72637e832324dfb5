"""Email, language, note, addresses and customer of a checkout."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from store.engine.accounts.address_validation import Checks
from store.engine.accounts.models import Address, User
from store.engine.checkout import contact, delivery_options
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, OperationError, OperationErrors, PermissionDenied, Required
from store.engine.stock.models import Warehouse
from tests.engine import checkout_flow
from tests.engine.checkout_flow import ADA, Shop

pytestmark = pytest.mark.django_db
BERLIN = {
    "first_name": "Ada",
    "last_name": "Gast",
    "street_address_1": "Turmstr. 1",
    "city": "Berlin",
    "postal_code": "10559",
    "country": "DE",
}


@pytest.fixture
def checkout(shop: Shop) -> Checkout:
    return checkout_flow.create_checkout(shop, (shop.variant("CUP"), 2))


def stored(checkout: Checkout) -> Checkout:
    return Checkout.objects.get(pk=checkout.pk)


def set_shipping(checkout: Checkout, given: dict[str, Any] = ADA, **options: Any) -> Any:
    return contact.set_shipping_address(checkout_id=checkout.pk, given=given, checks=Checks(), **options)


def set_billing(checkout: Checkout, given: dict[str, Any] = ADA, **options: Any) -> Any:
    return contact.set_billing_address(checkout_id=checkout.pk, given=given, checks=Checks(), **options)


def test_email_language_and_note_are_stored(checkout: Checkout) -> None:
    first = contact.set_email(checkout_id=checkout.pk, email="ada@example.com")
    contact.set_language(checkout_id=checkout.pk, language_code="de")
    last = contact.set_note(checkout_id=checkout.pk, note="Ring twice")
    found = stored(checkout)
    assert (found.email, found.language_code, found.note) == ("ada@example.com", "de", "Ring twice")
    assert (first.checkout.email, last.checkout.note) == ("ada@example.com", "Ring twice")


def test_a_blank_email_changes_nothing(checkout: Checkout) -> None:
    contact.set_email(checkout_id=checkout.pk, email="ada@example.com")
    with pytest.raises(Required) as refused:
        contact.set_email(checkout_id=checkout.pk, email="  ")
    assert (refused.value.field, stored(checkout).email) == ("email", "ada@example.com")


def test_a_basket_that_is_gone_is_not_found() -> None:
    with pytest.raises(NotFound):
        contact.set_note(checkout_id=uuid4(), note="?")


def test_an_address_takes_the_place_of_the_one_before(checkout: Checkout) -> None:
    before = Address.objects.count()
    for city in ("Mountain View", "Palo Alto"):
        loaded = set_shipping(checkout, ADA | {"city": city}, save=False)
        billed = set_billing(checkout, ADA | {"city": city}, save=False)
    found = stored(checkout)
    addresses = (found.shipping_address, found.billing_address, loaded.checkout.shipping_address)
    assert [address and address.city.title() for address in addresses] == ["Palo Alto"] * 3
    assert billed.checkout.billing_address == found.billing_address
    assert found.shipping_address_id != found.billing_address_id
    assert Address.objects.count() == before + 2
    assert (found.save_shipping_address, found.save_billing_address) == (False, False)
    set_shipping(checkout)
    set_billing(checkout)
    found = stored(checkout)
    assert (found.save_shipping_address, found.save_billing_address) == (True, True)


def test_another_address_asks_for_the_delivery_again(checkout: Checkout) -> None:
    checkout_flow.set_address_and_delivery(checkout.pk)
    assert not delivery_options.is_stale(stored(checkout))
    set_billing(checkout)
    assert not delivery_options.is_stale(stored(checkout))
    set_shipping(checkout)
    assert delivery_options.is_stale(stored(checkout))


def test_an_invalid_address_changes_nothing(checkout: Checkout) -> None:
    for set_address, kind in ((set_shipping, "SHIPPING"), (set_billing, "BILLING")):
        with pytest.raises(OperationErrors) as refused:
            set_address(checkout, ADA | {"postal_code": "1"})
        assert refused.value.errors[0].extras["address_type"] == kind
    found = stored(checkout)
    assert (found.shipping_address, found.billing_address) == (None, None)


def test_a_country_that_the_stock_does_not_reach_is_refused(checkout: Checkout) -> None:
    with pytest.raises(OperationErrors) as refused:
        set_shipping(checkout, BERLIN)
    assert [one.code for one in refused.value.errors] == ["INSUFFICIENT_STOCK"]
    assert stored(checkout).shipping_address is None


def test_what_is_not_counted_may_go_to_any_country(shop: Shop) -> None:
    oil = shop.variant("OIL", stock=0, track_inventory=False)
    checkout = checkout_flow.create_checkout(shop, (oil, 2))
    set_shipping(checkout, BERLIN)
    assert stored(checkout).country == "DE"


def test_several_lines_of_a_variant_count_together_in_the_new_country(shop: Shop) -> None:
    shop.zone.countries = ["US", "DE"]
    shop.zone.save()
    cup = shop.variant("CUP", stock=3)
    checkout = checkout_flow.create_checkout(shop, (cup, 1))
    checkout.lines.create(
        variant=cup, quantity=2, undiscounted_unit_price_amount=29, created_at=timezone.now()
    )
    set_shipping(checkout, BERLIN)
    assert stored(checkout).country == "DE"
    checkout.lines.update(quantity=2)
    with pytest.raises(OperationErrors):
        set_shipping(checkout, ADA)


def test_the_address_of_a_collection_point_is_not_the_shoppers_to_change(checkout: Checkout) -> None:
    Warehouse.objects.update(click_and_collect_option="LOCAL")
    delivery_options.choose(checkout_id=checkout.pk, warehouse_id=Warehouse.objects.get().pk)
    with pytest.raises(OperationError) as refused:
        set_shipping(checkout)
    assert refused.value.code == "SHIPPING_CHANGE_FORBIDDEN"


@pytest.fixture
def ada() -> User:
    return User.objects.create(email="ada@example.com")


@pytest.fixture
def bob() -> User:
    return User.objects.create(email="bob@example.com")


def test_a_checkout_is_attached_to_one_customer_once(checkout: Checkout, ada: User, bob: User) -> None:
    loaded = contact.attach_customer(checkout_id=checkout.pk, user=ada)
    assert (loaded.checkout.user, stored(checkout).user, stored(checkout).email) == (ada, ada, ada.email)
    for user in (ada, bob):
        with pytest.raises(PermissionDenied):
            contact.attach_customer(checkout_id=checkout.pk, user=user)
    assert stored(checkout).user == ada


def test_only_its_customer_or_staff_detach_a_checkout(checkout: Checkout, ada: User, bob: User) -> None:
    contact.attach_customer(checkout_id=checkout.pk, user=ada)
    for user in (bob, None):
        with pytest.raises(PermissionDenied):
            contact.detach_customer(checkout_id=checkout.pk, user=user)
        assert stored(checkout).user == ada
    assert contact.detach_customer(checkout_id=checkout.pk, user=ada).checkout.user is None
    assert stored(checkout).user is None
    contact.attach_customer(checkout_id=checkout.pk, user=ada)
    contact.detach_customer(checkout_id=checkout.pk, user=bob, can_impersonate=True)
    assert stored(checkout).user is None
    contact.detach_customer(checkout_id=checkout.pk, user=None)  # nobody's checkout is anybody's
