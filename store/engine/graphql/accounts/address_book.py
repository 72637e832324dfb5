"""Mutations of the requestor's own addresses."""

from typing import Any

from store.engine.accounts import address_book, staff
from store.engine.accounts.models import Address, User
from store.engine.errors import OperationError, PermissionDenied
from store.engine.graphql import ids
from store.engine.graphql.accounts.current_user import named_or_own, require_user
from store.engine.graphql.accounts.types import with_owner
from store.engine.graphql.registry import Info, mutation


@mutation
def account_address_create(
    info: Info, *, input: dict[str, Any], type: Any = None, customer_id: str | None = None
) -> dict[str, Any]:
    user = named_or_own(info, customer_id)
    address = address_book.add(user=user, given=input, kind=type)
    return {"user": user, "address": with_owner(address, user, info)}


@mutation
def account_address_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    address, owner = _get_changeable(info, id)
    return {"address": address_book.update(address=address, given=input), "user": owner}


@mutation
def account_address_delete(info: Info, *, id: str) -> dict[str, Any]:
    address, owner = _get_changeable(info, id)
    pk = address_book.remove(address=address)
    address.pk = pk
    owner.refresh_from_db()
    return {"address": address, "user": owner}


@mutation
def account_set_default_address(info: Info, *, id: str, type: Any) -> dict[str, Any]:
    return {"user": _set_default(require_user(info), id, type, "id")}


@mutation(permissions="MANAGE_USERS")
def address_create(info: Info, *, input: dict[str, Any], user_id: str) -> dict[str, Any]:
    user = _changeable_user(info, user_id)
    return {"user": user, "address": with_owner(address_book.add(user=user, given=input), user, info)}


@mutation(permissions="MANAGE_USERS")
def address_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    return account_address_update(info, id=id, input=input)


@mutation(permissions="MANAGE_USERS")
def address_delete(info: Info, *, id: str) -> dict[str, Any]:
    return account_address_delete(info, id=id)


@mutation(permissions="MANAGE_USERS")
def address_set_default(info: Info, *, address_id: str, user_id: str, type: Any) -> dict[str, Any]:
    return {"user": _set_default(_changeable_user(info, user_id), address_id, type, "addressId")}


def _set_default(user: User, global_id: str, kind: Any, field: str) -> User:
    address = ids.get_row(global_id, Address, field=field)
    if not user.addresses.filter(pk=address.pk).exists():
        raise OperationError("The address doesn't belong to that user.", field=field, code="INVALID")
    address_book.set_default(user=user, address=address, kind=kind)
    return user


def _changeable_user(info: Info, user_id: str) -> User:
    """Anybody's account, a colleague's for whom may manage that colleague. Raises PermissionDenied, OperationError."""
    owner: User = ids.get_row(user_id, User, field="userId")
    _check_changeable(info, owner)
    return owner


def _get_changeable(info: Info, global_id: str) -> tuple[Address, User]:
    """(address, owner): one's own address, or anybody's with the permission for such users.

    Raises NotFound, PermissionDenied, OperationError for an address that is in no address book.
    """
    address = ids.get_row(global_id, Address)
    owner = User.objects.filter(addresses=address).first()
    _check_changeable(info, owner)
    if owner is None:
        raise OperationError(
            "The address is that of an order, a cart, a warehouse or the shop. Change it there.",
            field="id",
            code="INVALID",
        )
    return with_owner(address, owner, info), owner


def _check_changeable(info: Info, owner: User | None) -> None:
    """Raises PermissionDenied and OperationError for what is neither one's own nor that of somebody one manages."""
    user = info.context.user
    permission = "MANAGE_STAFF" if owner and owner.is_staff else "MANAGE_USERS"
    if not (user and owner and user.pk == owner.pk) and not info.context.has_permission(permission):
        raise PermissionDenied(permission, "OWNER")
    if owner is not None:
        staff.check_can_edit_account(
            owner, requestor=user, requestor_permissions=info.context.requestor.permissions
        )
