import pytest

from store.engine.accounts import staff
from store.engine.accounts.models import Group, User
from store.engine.errors import NotUnique, Refusal
from tests.engine.accounts.conftest import HOME, facts

pytestmark = pytest.mark.django_db(transaction=True)
ORDERS = frozenset({"MANAGE_ORDERS"})


def test_nobody_gives_away_more_than_they_have():
    with pytest.raises(Refusal) as refused:
        staff.create_group(name="All", permissions=["MANAGE_ORDERS", "MANAGE_APPS"], giver=ORDERS)
    assert (refused.value.code, refused.value.field) == ("OUT_OF_SCOPE_PERMISSION", "addPermissions")
    assert Group.objects.count() == 0


def test_two_groups_have_two_names():
    staff.create_group(name="Packers", permissions=["MANAGE_ORDERS"], giver=ORDERS)
    with pytest.raises(NotUnique):
        staff.create_group(name="Packers", giver=ORDERS)
    assert Group.objects.count() == 1


def test_a_customer_can_not_be_put_into_a_group(ada):
    with pytest.raises(Refusal) as refused:
        staff.create_group(name="Packers", users=[ada], giver=ORDERS)
    assert (refused.value.code, Group.objects.count()) == ("ASSIGN_NON_STAFF_MEMBER", 0)


def test_a_new_member_of_staff_sets_the_password_by_mail():
    given = {"email": "Pia@cupwell.example", "redirect_url": "https://cupwell.example/set/"}
    pia = staff.create_staff(given=given, giver=ORDERS)
    assert (pia.email, pia.is_staff, pia.has_usable_password()) == ("pia@cupwell.example", True, False)
    assert facts() == ["STAFF_CREATED", "STAFF_SET_PASSWORD_REQUESTED"]


def test_a_customer_may_come_to_work_here(ada):
    assert staff.create_staff(given={"email": ada.email}, giver=ORDERS).pk == ada.pk
    assert User.objects.get().is_staff


def test_nobody_locks_themselves_out(ada):
    ada.is_staff = True
    ada.save()
    with pytest.raises(Refusal) as refused:
        staff.change_staff(user=ada, given={"is_active": False}, by=ada, giver=ORDERS)
    assert (refused.value.code, User.objects.get().is_active) == ("DEACTIVATE_OWN_ACCOUNT", True)


def test_staff_write_down_a_customer_with_an_address():
    given = {"email": "bo@example.com", "first_name": "Bo", "default_billing_address": HOME}
    customer = staff.create_customer(given=given)
    assert customer.default_billing_address.city == "MOUNTAIN VIEW"
    assert list(customer.addresses.all()) == [customer.default_billing_address]
    assert facts() == ["CUSTOMER_CREATED"]


def test_a_taken_address_is_refused(ada):
    with pytest.raises(NotUnique) as refused:
        staff.create_customer(given={"email": "ADA@example.com"})
    assert (refused.value.field, User.objects.count()) == ("email", 1)
