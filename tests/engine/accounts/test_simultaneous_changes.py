"""Requests that began before an account's credentials changed neither bring back the old ones nor work with them.

`earlier` is the account as such a request read it.
"""

from collections.abc import Callable

import pytest

from store.engine.accounts import customer_accounts, email_tokens, passwords, staff
from store.engine.accounts.models import Group, User
from store.engine.errors import NotFound, OperationError
from tests.engine.accounts.conftest import PASSWORD, recorded_events
from tests.engine.api_client import execute_field, gid

pytestmark = pytest.mark.django_db(transaction=True)
NEW_PASSWORD = "another long way home"
STAFF = frozenset({"MANAGE_STAFF"})
REDIRECT = "https://cupwell.example/account/"


@pytest.fixture
def earlier(ada: User, monkeypatch: pytest.MonkeyPatch) -> User:
    """Whoever looks for the address finds the row as it was."""
    read: User = User.objects.get(pk=ada.pk)
    monkeypatch.setattr(User.objects, "by_email", lambda email: read)
    return read


def edit_name(user: User) -> None:
    customer_accounts.update(user=user, given={"first_name": "Adele"})


def edit_by_staff(user: User) -> None:
    staff.update_customer(user=user, given={"first_name": "Adele"})


def edit_colleague(user: User) -> None:
    staff.update_staff(
        user=user, given={"first_name": "Adele"}, requestor=None, requestor_permissions=frozenset()
    )


@pytest.mark.parametrize("edit", [edit_name, edit_by_staff, edit_colleague], ids=lambda edit: edit.__name__)
def test_an_edit_brings_no_old_password_login_or_right_back(
    ada: User, earlier: User, edit: Callable[[User], None]
) -> None:
    passwords.change(user=ada, old=PASSWORD, new=NEW_PASSWORD)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    token_key = ada.jwt_token_key

    edit(earlier)

    now = User.objects.get(pk=ada.pk)
    assert (now.first_name, now.is_active, now.jwt_token_key) == ("Adele", False, token_key)
    assert now.check_password(NEW_PASSWORD)


def test_an_old_password_that_was_right_a_moment_ago_changes_nothing(ada: User, earlier: User) -> None:
    passwords.change(user=ada, old=PASSWORD, new=NEW_PASSWORD)
    with pytest.raises(OperationError) as refused:
        passwords.change(user=earlier, old=PASSWORD, new="a stranger chose this")
    assert refused.value.code == "INVALID_CREDENTIALS"
    assert User.objects.get(pk=ada.pk).check_password(NEW_PASSWORD)


def test_a_link_that_sets_a_password_works_once_when_it_is_used_twice_at_once(
    ada: User, earlier: User
) -> None:
    token = email_tokens.password_reset.make_token(ada)
    passwords.change(user=ada, old=PASSWORD, new=NEW_PASSWORD)
    with pytest.raises(OperationError) as refused:
        passwords.reset(email=ada.email, password="a stranger chose this", token=token)
    assert refused.value.field == "token"
    assert User.objects.get(pk=ada.pk).check_password(NEW_PASSWORD)


def test_a_link_that_confirms_works_once_when_it_is_used_twice_at_once(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=ada.pk).update(is_confirmed=False)
    ada.refresh_from_db()
    token = email_tokens.confirmation.make_token(ada)
    monkeypatch.setattr(User.objects, "by_email", lambda email: ada)
    customer_accounts.confirm(email=ada.email, token=token)
    ada.is_confirmed = False  # as the second request had read it
    with pytest.raises(OperationError):
        customer_accounts.confirm(email=ada.email, token=token)
    assert recorded_events().count("ACCOUNT_CONFIRMED") == 1


def test_links_to_another_address_and_to_delete_end_with_the_password(ada: User, earlier: User) -> None:
    address, deletion = (
        email_tokens.email_change_token(ada, "new@example.com"),
        email_tokens.deletion.make_token(ada),
    )
    passwords.change(user=ada, old=PASSWORD, new=NEW_PASSWORD)
    with pytest.raises(OperationError):
        customer_accounts.confirm_email_change(user=earlier, token=address)
    with pytest.raises(OperationError):
        customer_accounts.delete(user=earlier, token=deletion)
    assert User.objects.get(pk=ada.pk).email == "ada@example.com"


def delete_own(user: User) -> None:
    customer_accounts.delete(user=user, token=email_tokens.deletion.make_token(user))


def delete_by_staff(user: User) -> None:
    staff.delete_customer(user=user)


@pytest.mark.parametrize("delete", [delete_own, delete_by_staff], ids=lambda delete: delete.__name__)
def test_who_became_a_colleague_meanwhile_is_not_deleted(
    ada: User, earlier: User, delete: Callable[[User], None]
) -> None:
    User.objects.filter(pk=ada.pk).update(is_staff=True)
    with pytest.raises(OperationError) as refused:
        delete(earlier)
    assert refused.value.code == "DELETE_STAFF_ACCOUNT"


def test_who_became_a_colleague_meanwhile_is_not_edited_as_a_customer(ada: User, earlier: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_staff=True)
    with pytest.raises(NotFound):
        staff.update_customer(user=earlier, given={"email": "taken@evil.example"})
    assert User.objects.get(pk=ada.pk).email == "ada@example.com"


def test_who_became_mightier_meanwhile_is_not_changed(ada: User, earlier: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    with pytest.raises(OperationError) as refused:
        staff.invite_again(user=earlier, requestor=None, requestor_permissions=STAFF)
    assert refused.value.code == "OUT_OF_SCOPE_USER"
    assert User.objects.get(pk=ada.pk).check_password(PASSWORD)


def test_one_mail_is_sent_for_requests_of_one_moment(ada: User, earlier: User) -> None:
    for _ in range(2):
        earlier.last_password_reset_request = None  # as each of them had read it
        passwords.request_reset(email=ada.email, redirect_url=REDIRECT, channel=None)
    assert recorded_events() == ["ACCOUNT_SET_PASSWORD_REQUESTED"]


def test_an_account_that_was_deleted_meanwhile_is_not_found(ada: User, earlier: User) -> None:
    User.objects.filter(pk=ada.pk).delete()
    with pytest.raises(NotFound):
        edit_name(earlier)


def test_a_mightier_colleague_is_not_deactivated_by_who_may_manage_customers() -> None:
    clerk = User.objects.create_user("clerk@example.com", PASSWORD, is_staff=True)
    chief = User.objects.create_user("chief@example.com", PASSWORD, is_staff=True)
    for user, code in ((clerk, "MANAGE_USERS"), (chief, "MANAGE_STAFF")):
        Group.objects.create(name=code, permissions=[code]).users.add(user)
    answer = execute_field(
        "mutation ($ids: [ID!]!) { userBulkSetActive(ids: $ids, isActive: false) { count errors { code } } }",
        ids=[gid(chief)],
        as_=clerk,
    )
    assert (answer["count"], User.objects.get(pk=chief.pk).is_active) == (0, True)
