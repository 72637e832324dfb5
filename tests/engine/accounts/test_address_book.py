import pytest

from store.engine.accounts import address_book
from store.engine.accounts.models import Address
from store.engine.errors import OperationErrors
from tests.engine.accounts.conftest import HOME, recorded_events

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_address_is_written_by_the_rules_of_its_country(ada):
    address = address_book.add(user=ada, given=HOME, kind="SHIPPING")
    assert (address.city, address.country_area, address.phone) == ("MOUNTAIN VIEW", "CA", "+16502530000")
    assert (ada.default_shipping_address, ada.default_billing_address) == (address, None)
    assert recorded_events() == ["ADDRESS_CREATED", "CUSTOMER_UPDATED"]


def test_a_line_break_within_a_part_of_an_address_is_a_blank(ada):
    broken = {
        "first_name": "Ada\n",
        "street_address_1": "1600\nAmphitheatre Pkwy",
        "street_address_2": "Flat\t1",
    }
    address = address_book.add(user=ada, given=HOME | broken)
    assert address.first_name == "Ada"
    assert (address.street_address_1, address.street_address_2) == ("1600 Amphitheatre Pkwy", "Flat 1")


def test_a_broken_address_names_every_field_and_is_not_saved(ada):
    with pytest.raises(OperationErrors) as refused:
        address_book.add(user=ada, given=HOME | {"postal_code": "12", "country_area": "", "phone": "12"})
    found = {(error.field, error.code) for error in refused.value.errors}
    assert found == {("postalCode", "INVALID"), ("countryArea", "REQUIRED"), ("phone", "INVALID")}
    assert Address.objects.count() == 0


def test_changing_one_field_leaves_the_others(ada):
    address = address_book.add(user=ada, given=HOME)
    address_book.update(address=address, given={"street_address_1": "2 Long Road"})
    address.refresh_from_db()
    assert (address.street_address_1, address.postal_code) == ("2 Long Road", "94043")


def test_the_address_of_a_checkout_is_saved_once(ada):
    checkout_address = Address.objects.create(**HOME)
    for _ in range(2):
        address_book.store_address(user=ada, address=checkout_address, kind="BILLING")
    assert ada.addresses.count() == 1
    assert ada.default_billing_address == ada.addresses.get() != checkout_address


def test_the_hundred_and_first_address_replaces_the_oldest_that_is_no_default(ada):
    first = address_book.add(user=ada, given=HOME, kind="SHIPPING")
    ada.addresses.add(*Address.objects.bulk_create([Address(**HOME) for _ in range(99)]))
    second = ada.addresses.exclude(pk=first.pk).order_by("pk").first()
    address_book.add(user=ada, given=HOME | {"first_name": "New"})
    assert ada.addresses.count() == 100
    assert ada.addresses.filter(pk=first.pk).exists()
    assert not ada.addresses.filter(pk=second.pk).exists()


def test_removing_a_default_address_leaves_no_default(ada):
    address = address_book.add(user=ada, given=HOME, kind="SHIPPING")
    address_book.remove(address=address)
    ada.refresh_from_db()
    assert (ada.default_shipping_address, Address.objects.count()) == (None, 0)
