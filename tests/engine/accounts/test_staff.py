import pytest

from store.engine.accounts import staff
from store.engine.accounts.models import Group, User
from store.engine.errors import NotUnique, OperationError
from tests.engine.accounts.conftest import HOME, recorded_events

pytestmark = pytest.mark.django_db(transaction=True)
ORDERS = frozenset({"MANAGE_ORDERS"})


def test_a_group_gets_no_permission_that_the_requestor_lacks():
    with pytest.raises(OperationError) as refused:
        staff.create_group(
            name="All",
            permissions=["MANAGE_ORDERS", "MANAGE_APPS"],
            requestor=None,
            requestor_permissions=ORDERS,
        )
    assert (refused.value.code, refused.value.field) == ("OUT_OF_SCOPE_PERMISSION", "addPermissions")
    assert Group.objects.count() == 0


def test_two_groups_have_two_names():
    staff.create_group(
        name="Packers", permissions=["MANAGE_ORDERS"], requestor=None, requestor_permissions=ORDERS
    )
    with pytest.raises(NotUnique):
        staff.create_group(name="Packers", requestor=None, requestor_permissions=ORDERS)
    assert Group.objects.count() == 1


def test_a_customer_can_not_be_put_into_a_group(ada):
    with pytest.raises(OperationError) as refused:
        staff.create_group(name="Packers", users=[ada], requestor=None, requestor_permissions=ORDERS)
    assert (refused.value.code, Group.objects.count()) == ("ASSIGN_NON_STAFF_MEMBER", 0)


def test_a_new_member_of_staff_sets_the_password_by_mail():
    given = {"email": "Pia@cupwell.example", "redirect_url": "https://cupwell.example/set/"}
    pia = staff.create_staff(given=given, requestor=None, requestor_permissions=ORDERS)
    assert (pia.email, pia.is_staff, pia.has_usable_password()) == ("pia@cupwell.example", True, False)
    assert recorded_events() == ["STAFF_CREATED", "STAFF_SET_PASSWORD_REQUESTED"]


def test_a_customer_can_become_staff(ada):
    assert (
        staff.create_staff(given={"email": ada.email}, requestor=None, requestor_permissions=ORDERS).pk
        == ada.pk
    )
    assert User.objects.get().is_staff


def test_staff_can_not_deactivate_themselves(ada):
    ada.is_staff = True
    ada.save()
    with pytest.raises(OperationError) as refused:
        staff.update_staff(user=ada, given={"is_active": False}, requestor=ada, requestor_permissions=ORDERS)
    assert (refused.value.code, User.objects.get().is_active) == ("DEACTIVATE_OWN_ACCOUNT", True)


def test_staff_create_a_customer_with_an_address():
    given = {"email": "bo@example.com", "first_name": "Bo", "default_billing_address": HOME}
    customer = staff.create_customer(given=given)
    assert customer.default_billing_address.city == "MOUNTAIN VIEW"
    assert list(customer.addresses.all()) == [customer.default_billing_address]
    assert recorded_events() == ["CUSTOMER_CREATED"]


def test_a_taken_address_is_refused(ada):
    with pytest.raises(NotUnique) as refused:
        staff.create_customer(given={"email": "ADA@example.com"})
    assert (refused.value.field, User.objects.count()) == ("email", 1)
