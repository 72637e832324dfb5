"""What was given to a user before - tokens, mailed links, admin sessions - ends when the credentials change."""

import pytest
from django.test import Client

from store.engine.accounts import customer_accounts, email_tokens, jwt_tokens, passwords, redirect_urls, staff
from store.engine.accounts.models import Group, User
from store.engine.errors import OperationError
from tests.engine.accounts.conftest import PASSWORD, recorded_events
from tests.engine.api_client import GraphQLErrors, execute_field, gid

pytestmark = pytest.mark.django_db(transaction=True)
NEW_PASSWORD = "another long way home"
ALL = frozenset({"MANAGE_ORDERS", "MANAGE_STAFF", "MANAGE_APPS"})


def change_password(user):
    passwords.change(user=user, old=PASSWORD, new=NEW_PASSWORD)


def reset_password(user):
    token = email_tokens.password_reset.make_token(user)
    passwords.reset(email=user.email, password=NEW_PASSWORD, token=token)


def change_email(user):
    customer_accounts.confirm_email_change(
        user=user, token=email_tokens.email_change_token(user, "new@example.com")
    )


def change_email_by_staff(user):
    staff.update_customer(user=user, given={"email": "new@example.com"})


def deactivate_and_reactivate(user):
    staff.update_customer(user=user, given={"is_active": False})
    staff.update_customer(user=user, given={"is_active": True})


def become_staff(user):
    staff.create_staff(given={"email": user.email}, requestor=None, requestor_permissions=ALL)


CHANGES = [
    change_password,
    reset_password,
    change_email,
    change_email_by_staff,
    deactivate_and_reactivate,
    become_staff,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_of_credentials_ends_all_that_was_given_before(ada, change):
    access, (refresh, _) = jwt_tokens.access_token(ada), jwt_tokens.refresh_token(ada)
    mailed = {name: getattr(email_tokens, name) for name in ("password_reset", "deletion", "confirmation")}
    links = {name: tokens.make_token(ada) for name, tokens in mailed.items()}
    new_address = email_tokens.email_change_token(ada, "third@example.com")
    session = ada.get_session_auth_hash()

    change(User.objects.get(pk=ada.pk))

    now = User.objects.get(pk=ada.pk)
    for token, kind in ((access, "access"), (refresh, "refresh")):
        with pytest.raises(jwt_tokens.InvalidToken):
            jwt_tokens.get_user(jwt_tokens.decode(token), kind=kind)
    assert {name: mailed[name].check_token(now, link) for name, link in links.items()} == dict.fromkeys(
        links, False
    )
    with pytest.raises(OperationError):
        email_tokens.email_change_claims(now, new_address)
    assert now.get_session_auth_hash() != session


def test_what_is_no_credential_ends_nothing(ada):
    token = jwt_tokens.access_token(ada)
    customer_accounts.update(user=User.objects.get(pk=ada.pk), given={"first_name": "Adele"})
    assert jwt_tokens.get_user(jwt_tokens.decode(token), kind="access") == ada


def test_a_deactivated_colleague_is_out_of_the_admin_at_once():
    boss = User.objects.create_superuser("boss@cupwell.example", PASSWORD)
    browser = Client()
    browser.force_login(boss)
    assert browser.get("/admin/").status_code == 200
    customer_accounts.deactivate_all_tokens(user=User.objects.get(pk=boss.pk))
    assert browser.get("/admin/").status_code == 302


def test_who_registered_the_address_before_does_not_become_staff_with_that_password():
    attacker = User.objects.create_user("pia@cupwell.example", PASSWORD, is_confirmed=True)
    session = Client()
    session.force_login(attacker)
    given = {"email": "pia@cupwell.example", "redirect_url": "https://cupwell.example/set/"}
    pia = staff.create_staff(given=given, requestor=None, requestor_permissions=ALL)

    assert (pia.is_staff, pia.is_confirmed, pia.has_usable_password()) == (True, False, False)
    assert session.get("/admin/").status_code == 302
    form = {"username": pia.email, "password": PASSWORD}
    assert Client().post("/admin/login/?next=/admin/", form).status_code == 200
    assert recorded_events()[-1] == "STAFF_SET_PASSWORD_REQUESTED"

    token = email_tokens.password_reset.make_token(pia)
    passwords.reset(email=pia.email, password=NEW_PASSWORD, token=token)
    form["password"] = NEW_PASSWORD
    assert Client().post("/admin/login/?next=/admin/", form).status_code == 302


def test_an_unconfirmed_colleague_does_not_get_into_the_admin():
    User.objects.create_superuser("boss@cupwell.example", PASSWORD, is_confirmed=False)
    form = {"username": "boss@cupwell.example", "password": PASSWORD}
    assert Client().post("/admin/login/?next=/admin/", form).status_code == 200


@pytest.mark.parametrize("is_active", [True, False], ids=["active", "deactivated"])
def test_nobody_changes_a_mightier_colleague(is_active):
    little = User.objects.create_user("little@cupwell.example", PASSWORD, is_staff=True)
    mighty = User.objects.create_user(
        "mighty@cupwell.example", PASSWORD, is_staff=True, is_active=is_active, is_confirmed=True
    )
    Group.objects.create(name="Staff", permissions=["MANAGE_STAFF"]).users.add(little)
    Group.objects.create(name="Apps", permissions=["MANAGE_APPS"]).users.add(mighty)
    update = "mutation($id: ID!, $i: StaffUpdateInput!) { staffUpdate(id: $id, input: $i) { errors { field code } } }"
    for given in ({"email": "taken@evil.example"}, {"isActive": True}, {"firstName": "x"}):
        answer = execute_field(update, id=gid(mighty), i=given, as_=little)
        assert answer["errors"] == [{"field": "id", "code": "OUT_OF_SCOPE_USER"}]
    mighty.refresh_from_db()
    assert (mighty.email, mighty.is_active) == ("mighty@cupwell.example", is_active)


def test_customer_support_does_not_change_addresses_of_colleagues(ada):
    support = User.objects.create_user("support@cupwell.example", PASSWORD, is_staff=True)
    Group.objects.create(name="Support", permissions=["MANAGE_USERS"]).users.add(support)
    boss = User.objects.create_superuser("boss@cupwell.example", PASSWORD)
    address = boss.addresses.create(city="Springfield", country="US")
    delete = "mutation($id: ID!) { accountAddressDelete(id: $id) { errors { code } } }"
    with pytest.raises(GraphQLErrors):
        execute_field(delete, id=gid(address), as_=support)
    assert boss.addresses.count() == 1


@pytest.mark.parametrize(
    "url",
    ["http://evil.example\\@cupwell.example/", "https://cupwell.example@evil.example/", "//evil.example"],
)
def test_a_link_never_leads_where_a_browser_would_go_instead(url):
    with pytest.raises(OperationError):
        redirect_urls.validate(url)
