"""People who work here and the groups that give them their permissions; customers as staff see and change
them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from store.engine import events
from store.engine.accounts import address_validation, redirect_urls
from store.engine.accounts.customer_accounts import clean_email, confirmed
from store.engine.accounts.models import Group, User
from store.engine.channels.models import Channel
from store.engine.errors import NotUnique, Refusal
from store.engine.events.grantable_permissions import check_giving
from store.engine.events.metadata import as_mapping


def create_group(
    *,
    name: str,
    permissions: Sequence[str] = (),
    users: Sequence[User] = (),
    channels: Sequence[Channel] = (),
    restricted: bool = False,
    giver: frozenset[str],
) -> Group:
    name = name.strip()
    if not name:
        raise Refusal("This field is required.", field="name", code="REQUIRED")
    codes = check_giving(permissions, giver=giver, field="addPermissions")
    if any(not user.is_staff for user in users):
        raise Refusal("User must be staff member.", field="addUsers", code="ASSIGN_NON_STAFF_MEMBER")
    try:
        with transaction.atomic(durable=True):
            group = Group.objects.create(
                name=name, permissions=codes, restricted_access_to_channels=restricted
            )
            group.users.set(users)
            group.channels.set(channels)
            events.record("PERMISSION_GROUP_CREATED", kind="Group", pk=group.pk)
    except IntegrityError:
        raise NotUnique("Group with this Name already exists.", field="name") from None
    return group


def create_staff(*, given: Mapping[str, Any], groups: Sequence[Group] = (), giver: frozenset[str]) -> User:
    """A member of staff; a customer of that address becomes one. With a redirect URL they are asked for a
    password.
    """
    if not given.get("email"):
        raise Refusal("This field is required.", field="email", code="REQUIRED")
    if given.get("redirect_url"):
        redirect_urls.checked(given["redirect_url"])
    for group in groups:
        check_giving(group.permissions, giver=giver, field="addGroups")
    email = clean_email(given["email"])
    user = User.objects.by_email(email) or User(email=email)
    if user.is_staff:
        raise NotUnique("User with this Email already exists.", field="email")
    with transaction.atomic(durable=True):
        _fill(user, given)
        user.is_staff = True
        if user.pk is None:
            user.set_unusable_password()
        user.save()
        user.groups.set(groups)
        events.record("STAFF_CREATED", kind="User", pk=user.pk)
        if given.get("redirect_url"):
            events.record(
                "STAFF_SET_PASSWORD_REQUESTED",
                kind="User",
                pk=user.pk,
                redirect_url=given["redirect_url"],
                channel="",
            )
    return user


def change_staff(
    *,
    user: User,
    given: Mapping[str, Any],
    add: Sequence[Group] = (),
    remove: Sequence[Group] = (),
    by: User | None,
    giver: frozenset[str],
) -> User:
    if user.is_superuser and not (by and by.is_superuser):
        raise Refusal("You can't manage this user.", field="id", code="OUT_OF_SCOPE_USER")
    if given.get("is_active") is False:
        _check_deactivation(user, by)
    for group in (*add, *remove):
        check_giving(group.permissions, giver=giver, field="addGroups")
    with transaction.atomic(durable=True):
        _fill(user, given)
        if given.get("email"):
            user.email = _free_email(given["email"], user)
        user.save()
        user.groups.add(*add)
        user.groups.remove(*remove)
        events.record("STAFF_UPDATED", kind="User", pk=user.pk)
    return user


def _check_deactivation(user: User, by: User | None) -> None:
    if by and by.pk == user.pk:
        raise Refusal("Cannot deactivate your own account.", field="isActive", code="DEACTIVATE_OWN_ACCOUNT")
    if user.is_superuser:
        raise Refusal(
            "Cannot deactivate superuser's account.", field="isActive", code="DEACTIVATE_SUPERUSER_ACCOUNT"
        )


def create_customer(*, given: Mapping[str, Any]) -> User:
    if not given.get("email"):
        raise Refusal("This field is required.", field="email", code="REQUIRED")
    if given.get("redirect_url"):
        redirect_urls.checked(given["redirect_url"])
    user = User(email=_free_email(given["email"], None), is_confirmed=bool(given.get("is_confirmed", False)))
    user.set_unusable_password()
    with transaction.atomic(durable=True):
        _fill(user, given)
        user.save()
        _set_addresses(user, given)
        events.record("CUSTOMER_CREATED", kind="User", pk=user.pk)
        if given.get("redirect_url"):
            events.record(
                "ACCOUNT_SET_PASSWORD_REQUESTED",
                kind="User",
                pk=user.pk,
                redirect_url=given["redirect_url"],
                channel=given.get("channel") or "",
            )
    return user


def change_customer(*, user: User, given: Mapping[str, Any]) -> User:
    with transaction.atomic(durable=True):
        apply_to_customer(user, given)
    return user


def apply_to_customer(user: User, given: Mapping[str, Any]) -> None:
    """Runs inside the caller's transaction, for one customer or for many."""
    _fill(user, given)
    if given.get("email"):
        user.email = _free_email(given["email"], user)
    user.save()
    _set_addresses(user, given)
    if given.get("is_confirmed") and not user.is_confirmed:
        confirmed(user)
    elif given.get("is_confirmed") is False:
        User.objects.filter(pk=user.pk).update(is_confirmed=False)
        user.is_confirmed = False
    events.record("CUSTOMER_UPDATED", kind="User", pk=user.pk)


def _fill(user: User, given: Mapping[str, Any]) -> None:
    for name in ("first_name", "last_name", "language_code", "note", "is_active", "external_reference"):
        if given.get(name) is not None:
            setattr(user, name, given[name])
    user.metadata |= as_mapping(given.get("metadata"))
    user.private_metadata |= as_mapping(given.get("private_metadata"))


def _set_addresses(user: User, given: Mapping[str, Any]) -> None:
    for kind in ("billing", "shipping"):
        if wanted := given.get(f"default_{kind}_address"):
            address = address_validation.cleaned(wanted, address_type=kind.upper())
            address.save()
            user.addresses.add(address)
            setattr(user, f"default_{kind}_address", address)
            user.save()


def _free_email(email: str, user: User | None) -> str:
    email = clean_email(email)
    taken = User.objects.by_email(email)
    if taken and (user is None or taken.pk != user.pk):
        raise NotUnique("User with this Email already exists.", field="email")
    return email


def delete_customer(*, user: User) -> int:
    """The pk it had. Orders stay: they are the shop's books."""
    if user.is_staff:
        raise Refusal("Cannot delete a staff account.", field="id", code="DELETE_STAFF_ACCOUNT")
    pk: int = user.pk
    with transaction.atomic(durable=True):
        events.record("CUSTOMER_DELETED", kind="User", pk=pk)
        user.addresses.all().delete()
        user.delete()
    return pk
