"""Operations of staff on permission groups, staff members and customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from store.engine import events
from store.engine.accounts import account_deletion, address_book, redirect_urls, second_factors
from store.engine.accounts.customer_accounts import clean_email, erase
from store.engine.accounts.email_confirmation import confirm_user
from store.engine.accounts.models import Group, User
from store.engine.channels.models import Channel
from store.engine.errors import NotFound, NotUnique, OperationError, Required
from store.engine.events.grantable_permissions import check_grantable
from store.engine.events.metadata import as_mapping
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.saleor.text import single_line


def create_group(
    *,
    name: str,
    permissions: Sequence[str] = (),
    users: Sequence[User] = (),
    channels: Sequence[Channel] = (),
    restricted: bool = False,
    requestor: User | None,
    requestor_permissions: frozenset[str],
) -> Group:
    """`requestor` is None for an app. Raises OperationError for permissions or channels beyond the requestor's, and for
    users who are no staff; NotUnique for a name that is taken.
    """
    name = name.strip()
    if not name:
        raise OperationError("This field is required.", field="name", code="REQUIRED")
    codes = check_grantable(permissions, requestor_permissions=requestor_permissions, field="addPermissions")
    if any(not user.is_staff for user in users):
        raise OperationError("User must be staff member.", field="addUsers", code="ASSIGN_NON_STAFF_MEMBER")
    _check_restriction(restricted, requestor)
    _check_channels(channels, requestor, field="addChannels")
    try:
        with transaction.atomic(durable=True):
            group = Group.objects.create(
                name=name, permissions=codes, restricted_access_to_channels=restricted
            )
            group.users.set(users)
            group.channels.set(channels)
            events.record_event("PERMISSION_GROUP_CREATED", kind="Group", pk=group.pk)
    except IntegrityError:
        raise NotUnique("Group with this Name already exists.", field="name") from None
    return group


@dataclass(frozen=True, slots=True)
class GroupChanges:
    """What to change of a group; None and empty lists stay as it is."""

    name: str | None = None
    restricted: bool | None = None
    add_permissions: Sequence[str] = ()
    remove_permissions: Sequence[str] = ()
    add_users: Sequence[User] = ()
    remove_users: Sequence[User] = ()
    add_channels: Sequence[Channel] = ()
    remove_channels: Sequence[Channel] = ()


def update_group(
    *, group: Group, changes: GroupChanges, requestor: User | None, requestor_permissions: frozenset[str]
) -> Group:
    """Raises OperationError for a group, permission, channel or removed user beyond the requestor's, NotUnique for a
    name that is taken.
    """
    check_can_manage_group(group, requestor=requestor, requestor_permissions=requestor_permissions)
    _check_channel_changes(group, changes, requestor)
    added = check_grantable(
        changes.add_permissions, requestor_permissions=requestor_permissions, field="addPermissions"
    )
    _check_members(changes, requestor, requestor_permissions)
    if changes.name is not None and not changes.name.strip():
        raise Required("This field is required.", field="name")
    try:
        with transaction.atomic(durable=True):
            group = Group.objects.select_for_update().get(pk=group.pk)
            group.name = changes.name.strip() if changes.name is not None else group.name
            group.permissions = sorted({*group.permissions, *added} - {*changes.remove_permissions})
            if changes.restricted is not None:
                group.restricted_access_to_channels = changes.restricted
            group.save()
            _change_links(group, changes)
            events.record_event("PERMISSION_GROUP_UPDATED", kind="Group", pk=group.pk)
    except IntegrityError:
        raise NotUnique("Group with this Name already exists.", field="name") from None
    return group


def reached_channels(requestor: User | None) -> frozenset[int] | None:
    """Primary keys of the channels of which the requestor may give to others; None: all, as of an app."""
    return requestor.channels_of_request if requestor else None


def _check_restriction(restricted: bool, requestor: User | None) -> None:
    """Raises OperationError OUT_OF_SCOPE_CHANNEL where somebody who is limited to channels lifts the limit."""
    if not restricted and reached_channels(requestor) is not None:
        raise OperationError(
            "You can't manage group with channels out of your scope.",
            field="restrictedAccessToChannels",
            code="OUT_OF_SCOPE_CHANNEL",
        )


def _check_channels(channels: Sequence[Channel], requestor: User | None, *, field: str) -> None:
    reached = reached_channels(requestor)
    if reached is not None and any(channel.pk not in reached for channel in channels):
        raise OperationError(
            "You can't add channel that you don't have access to.", field=field, code="OUT_OF_SCOPE_CHANNEL"
        )


def _check_channel_changes(group: Group, changes: GroupChanges, requestor: User | None) -> None:
    stays = group.restricted_access_to_channels
    _check_restriction(stays if changes.restricted is None else changes.restricted, requestor)
    _check_channels(changes.add_channels, requestor, field="addChannels")
    _check_channels(changes.remove_channels, requestor, field="removeChannels")


def _check_members(
    changes: GroupChanges, requestor: User | None, requestor_permissions: frozenset[str]
) -> None:
    if any(not user.is_staff for user in changes.add_users):
        raise OperationError("User must be staff member.", field="addUsers", code="ASSIGN_NON_STAFF_MEMBER")
    for user in changes.remove_users:
        check_can_manage(
            user, requestor=requestor, requestor_permissions=requestor_permissions, field="removeUsers"
        )
    if requestor in changes.remove_users and requestor and requestor.groups.count() < 2:
        raise OperationError(
            "You cannot remove yourself from your last group.",
            field="removeUsers",
            code="CANNOT_REMOVE_FROM_LAST_GROUP",
        )


def _change_links(group: Group, changes: GroupChanges) -> None:
    group.users.add(*changes.add_users)
    group.users.remove(*changes.remove_users)
    group.channels.add(*changes.add_channels)
    group.channels.remove(*changes.remove_channels)
    if not group.restricted_access_to_channels:
        group.channels.clear()


def delete_group(*, group: Group, requestor: User | None, requestor_permissions: frozenset[str]) -> None:
    """Raises OperationError for a group beyond the requestor's permissions or channels, or their only one."""
    check_can_manage_group(group, requestor=requestor, requestor_permissions=requestor_permissions)
    if requestor and list(requestor.groups.all()) == [group] and not requestor.is_superuser:
        raise OperationError(
            "You cannot delete your last group.", field="id", code="CANNOT_REMOVE_FROM_LAST_GROUP"
        )
    with transaction.atomic(durable=True):
        events.record_deleted_event("PERMISSION_GROUP_DELETED", kind="Group", row=group)
        group.delete()


def check_can_manage_group(
    group: Group, *, requestor: User | None, requestor_permissions: frozenset[str]
) -> None:
    """Raises OperationError OUT_OF_SCOPE_PERMISSION or OUT_OF_SCOPE_CHANNEL for a group that may do more, or reaches
    more channels, than the requestor.
    """
    check_grantable(group.permissions, requestor_permissions=requestor_permissions, field="id")
    if not group.is_within(reached_channels(requestor)):
        raise OperationError(
            "You can't manage group with channels out of your scope.", field="id", code="OUT_OF_SCOPE_CHANNEL"
        )


def check_can_give(
    groups: Sequence[Group], *, requestor: User | None, requestor_permissions: frozenset[str]
) -> None:
    """Raises OperationError OUT_OF_SCOPE_PERMISSION or OUT_OF_SCOPE_GROUP for a group beyond the requestor's."""
    for group in groups:
        check_grantable(group.permissions, requestor_permissions=requestor_permissions, field="addGroups")
        if not group.is_within(reached_channels(requestor)):
            raise OperationError(
                "You can't give a group with channels out of your scope.",
                field="addGroups",
                code="OUT_OF_SCOPE_GROUP",
            )


def create_staff(
    *,
    given: Mapping[str, Any],
    groups: Sequence[Group] = (),
    requestor: User | None,
    requestor_permissions: frozenset[str],
) -> User:
    """Create a member of staff, or make the customer with that address one.

    Whoever registered the address before has not shown that it is theirs: the password, sessions and confirmation that
    the account had end, and the new one is set by the link of the mail, which is sent with a redirect URL. Raises
    OperationError, NotUnique.
    """
    if not given.get("email"):
        raise OperationError("This field is required.", field="email", code="REQUIRED")
    if given.get("redirect_url"):
        redirect_urls.validate(given["redirect_url"])
    check_can_give(groups, requestor=requestor, requestor_permissions=requestor_permissions)
    email = clean_email(given["email"])
    with transaction.atomic(durable=True):
        user = _locked_or_new(email)
        if user.is_staff:
            raise NotUnique("User with this Email already exists.", field="email")
        _assign_fields(user, given)
        user.is_staff = True
        user.is_confirmed = False
        user.set_unusable_password()
        user.save()
        user.groups.set(groups)
        events.record_event("STAFF_CREATED", kind="User", pk=user.pk)
        if given.get("redirect_url"):
            events.record_event(
                "STAFF_SET_PASSWORD_REQUESTED",
                kind="User",
                pk=user.pk,
                redirect_url=given["redirect_url"],
                channel="",
            )
    return user


def update_staff(
    *,
    user: User,
    given: Mapping[str, Any],
    add: Sequence[Group] = (),
    remove: Sequence[Group] = (),
    requestor: User | None,
    requestor_permissions: frozenset[str],
) -> User:
    """Change fields and group membership; `requestor` is None for an app. Raises OperationError, NotUnique."""
    with transaction.atomic(durable=True):
        user.lock()
        check_can_manage(user, requestor=requestor, requestor_permissions=requestor_permissions)
        if given.get("is_active") is False:
            _check_deactivation(user, requestor)
        groups = (*add, *remove)
        check_can_give(groups, requestor=requestor, requestor_permissions=requestor_permissions)
        _assign_fields(user, given)
        if given.get("email"):
            user.email = _available_email(given["email"], user)
        user.save()
        user.groups.add(*add)
        user.groups.remove(*remove)
        events.record_event("STAFF_UPDATED", kind="User", pk=user.pk)
    return user


def set_groups(
    *, user: User, groups: Sequence[Group], requestor: User | None, requestor_permissions: frozenset[str]
) -> None:
    """Put the colleague into these groups and no others. Raises OperationError."""
    now = set(user.groups.all())
    update_staff(
        user=user,
        given={},
        add=[group for group in groups if group not in now],
        remove=[group for group in now if group not in groups],
        requestor=requestor,
        requestor_permissions=requestor_permissions,
    )


def invite_again(*, user: User, requestor: User | None, requestor_permissions: frozenset[str]) -> None:
    """End the password, second factor, sessions and earlier links of a colleague, who sets a new password by a link.

    Raises OperationError, also for the requestor's own account.
    """
    with transaction.atomic(durable=True):
        user.lock()
        check_can_manage(user, requestor=requestor, requestor_permissions=requestor_permissions)
        if requestor and requestor.pk == user.pk:
            raise OperationError("Change your own password instead.", field="id", code="INVALID")
        user.set_unusable_password()
        user.end_sessions()
        user.is_confirmed = False
        user.save()
        second_factors.remove(user)
        events.record_event("STAFF_UPDATED", kind="User", pk=user.pk)


def has_colleague_with(code: str, *, beside: User) -> bool:
    """Whether somebody else may log in who has this permission (one of Saleor's codes)."""
    others = User.objects.filter(is_staff=True, is_active=True, is_confirmed=True).exclude(pk=beside.pk)
    found = [user for user in others if user.has_usable_password()]
    return any(code in codes for codes in User.objects.permission_codes(found).values())


def delete_staff(*, user: User, requestor: User | None, requestor_permissions: frozenset[str]) -> None:
    """Delete a colleague's account; one who has ordered as a customer stays a customer. Raises OperationError."""
    with transaction.atomic(durable=True):
        account_deletion.lock_account(user)
        check_can_manage(user, requestor=requestor, requestor_permissions=requestor_permissions)
        if requestor and requestor.pk == user.pk:
            raise OperationError(
                "You cannot delete your own account.", field="ids", code="DELETE_OWN_ACCOUNT"
            )
        if user.is_superuser:
            raise OperationError(
                "You cannot delete superuser's account.", field="id", code="DELETE_SUPERUSER_ACCOUNT"
            )
        events.record_deleted_event("STAFF_DELETED", kind="User", row=user)
        if user.orders.exists():
            user.is_staff = False
            user.groups.clear()
            user.save()
        else:
            erase(user)


def set_active(
    *, user: User, active: bool, requestor: User | None, requestor_permissions: frozenset[str]
) -> None:
    """Let the user log in, or not any more.

    Raises OperationError for oneself, for a superuser and for a colleague who may do more than the requestor.
    """
    if requestor and requestor.pk == user.pk:
        code = "ACTIVATE_OWN_ACCOUNT" if active else "DEACTIVATE_OWN_ACCOUNT"
        raise OperationError("Cannot activate or deactivate your own account.", field="isActive", code=code)
    with transaction.atomic(durable=True):
        user.lock()
        if user.is_superuser:
            code = "ACTIVATE_SUPERUSER_ACCOUNT" if active else "DEACTIVATE_SUPERUSER_ACCOUNT"
            raise OperationError("Cannot activate or deactivate a superuser.", field="isActive", code=code)
        check_can_manage(user, requestor=requestor, requestor_permissions=requestor_permissions)
        user.is_active = active
        user.save()
        events.record_event("STAFF_UPDATED" if user.is_staff else "CUSTOMER_UPDATED", kind="User", pk=user.pk)


def has_owner() -> bool:
    """Whether somebody can log in who may do everything."""
    owners = User.objects.filter(is_superuser=True, is_active=True, is_confirmed=True)
    return any(owner.has_usable_password() for owner in owners)


def owner_to_be(email: str) -> User | None:
    """The account of the first owner, who has no password yet; None once there is an owner."""
    with transaction.atomic(durable=True):
        user = _locked_or_new(clean_email(email))
        if has_owner():
            return None
        user.is_staff = user.is_superuser = user.is_active = True
        user.is_confirmed = False
        user.set_unusable_password()
        user.save()
    return user


def check_can_manage(
    user: User, *, requestor: User | None, requestor_permissions: frozenset[str], field: str = "id"
) -> None:
    """Raises OperationError OUT_OF_SCOPE_USER for a colleague who may do more, or reaches more channels, than the
    requestor, active or not.

    Owners are managed by owners only, not by an app that may do a part of it for an owner.
    """
    granted = {code for codes in user.groups.values_list("permissions", flat=True) for code in codes}
    is_owner = bool(requestor and requestor.is_superuser) and requestor_permissions >= ALL_PERMISSIONS
    is_beyond = (user.is_superuser and not is_owner) or not granted <= requestor_permissions
    if is_beyond or not _reaches_no_more(user, requestor):
        raise OperationError("You can't manage this user.", field=field, code="OUT_OF_SCOPE_USER")


def _reaches_no_more(user: User, requestor: User | None) -> bool:
    reached = reached_channels(requestor)
    if reached is None or not user.is_staff:
        return True
    channels = User.objects.accessible_channels([user])[user.pk]
    return channels is not None and channels <= reached


def check_can_edit_account(
    owner: User, *, requestor: User | None, requestor_permissions: frozenset[str]
) -> None:
    """For what belongs to an account, as its addresses: raises OperationError as `check_can_manage` for a colleague's,
    unless it is the requestor's own.
    """
    if owner.is_staff and not (requestor and requestor.pk == owner.pk):
        check_can_manage(owner, requestor=requestor, requestor_permissions=requestor_permissions)


def _check_deactivation(user: User, requestor: User | None) -> None:
    if requestor and requestor.pk == user.pk:
        raise OperationError(
            "Cannot deactivate your own account.", field="isActive", code="DEACTIVATE_OWN_ACCOUNT"
        )
    if user.is_superuser:
        raise OperationError(
            "Cannot deactivate superuser's account.", field="isActive", code="DEACTIVATE_SUPERUSER_ACCOUNT"
        )


def create_customer(*, given: Mapping[str, Any]) -> User:
    if not given.get("email"):
        raise OperationError("This field is required.", field="email", code="REQUIRED")
    if given.get("redirect_url"):
        redirect_urls.validate(given["redirect_url"])
    user = User(
        email=_available_email(given["email"], None), is_confirmed=bool(given.get("is_confirmed", False))
    )
    user.set_unusable_password()
    with transaction.atomic(durable=True):
        _assign_fields(user, given)
        user.save()
        address_book.set_defaults(user, given)
        events.record_event("CUSTOMER_CREATED", kind="User", pk=user.pk)
        if given.get("redirect_url"):
            events.record_event(
                "ACCOUNT_SET_PASSWORD_REQUESTED",
                kind="User",
                pk=user.pk,
                redirect_url=given["redirect_url"],
                channel=given.get("channel") or "",
            )
    return user


def update_customer(*, user: User, given: Mapping[str, Any]) -> User:
    with transaction.atomic(durable=True):
        apply_customer_changes(user, given)
    return user


def apply_customer_changes(user: User, given: Mapping[str, Any]) -> None:
    """Change a customer inside the caller's transaction.

    Raises OperationError, OperationErrors, NotFound, NotUnique.
    """
    user.lock()
    if user.is_staff:
        raise NotFound("There is no customer like that.", field="id")
    _assign_fields(user, given)
    if given.get("email"):
        user.email = _available_email(given["email"], user)
    user.save()
    address_book.set_defaults(user, given)
    if given.get("is_confirmed") and not user.is_confirmed:
        confirm_user(user)
    elif given.get("is_confirmed") is False:
        User.objects.filter(pk=user.pk).update(is_confirmed=False)
        user.is_confirmed = False
    events.record_event("CUSTOMER_UPDATED", kind="User", pk=user.pk)


def _assign_fields(user: User, given: Mapping[str, Any]) -> None:
    for name in ("first_name", "last_name"):
        if given.get(name) is not None:
            setattr(user, name, single_line(given[name]))
    for name in ("language_code", "note", "is_active", "external_reference"):
        if given.get(name) is not None:
            setattr(user, name, given[name])
    user.metadata |= as_mapping(given.get("metadata"))
    user.private_metadata |= as_mapping(given.get("private_metadata"))


def _locked_or_new(email: str) -> User:
    """The account with this address, locked, or one that is not saved yet."""
    user = User.objects.by_email(email)
    if user is None:
        return User(email=email)
    user.lock()
    return user


def _available_email(email: str, user: User | None) -> str:
    email = clean_email(email)
    taken = User.objects.by_email(email)
    if taken and (user is None or taken.pk != user.pk):
        raise NotUnique("User with this Email already exists.", field="email")
    return email


def delete_customer(*, user: User) -> int:
    """Delete the customer; returns the former pk. Orders stay, for the accounts. Raises OperationError."""
    pk: int = user.pk
    with transaction.atomic(durable=True):
        account_deletion.lock_account(user)
        if user.is_staff:
            raise OperationError("Cannot delete a staff account.", field="id", code="DELETE_STAFF_ACCOUNT")
        events.record_event("CUSTOMER_DELETED", kind="User", pk=pk)
        erase(user)
    return pk
