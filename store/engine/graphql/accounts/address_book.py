"""A customer's own addresses."""

from typing import Any

from store.engine.accounts import address_book
from store.engine.accounts.models import Address, User
from store.engine.errors import PermissionDenied, Refusal
from store.engine.graphql import ids
from store.engine.graphql.accounts.current_user import signed_in
from store.engine.graphql.accounts.types import of_owner
from store.engine.graphql.registry import Info, mutation


@mutation
def account_address_create(info: Info, *, input: dict[str, Any], type: Any = None) -> dict[str, Any]:
    user = signed_in(info)
    address = address_book.add(user=user, given=input, kind=type)
    return {"user": user, "address": of_owner(address, user)}


@mutation
def account_address_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    address, owner = _reachable(info, id)
    return {"address": address_book.change(address=address, given=input), "user": owner}


@mutation
def account_address_delete(info: Info, *, id: str) -> dict[str, Any]:
    address, owner = _reachable(info, id)
    pk = address_book.remove(address=address)
    address.pk = pk
    if owner:
        owner.refresh_from_db()
    return {"address": address, "user": owner}


@mutation
def account_set_default_address(info: Info, *, id: str, type: Any) -> dict[str, Any]:
    user = signed_in(info)
    address = ids.one(id, Address)
    if not user.addresses.filter(pk=address.pk).exists():
        raise Refusal("The address doesn't belong to that user.", field="id", code="INVALID")
    address_book.set_default(user=user, address=address, kind=type)
    return {"user": user}


def _reachable(info: Info, global_id: str) -> tuple[Address, User | None]:
    """An address of one's own, or any customer's for those who may manage them."""
    address = ids.one(global_id, Address)
    owner = User.objects.filter(addresses=address).first()
    asker = info.context.user
    if not (asker and owner and asker.pk == owner.pk) and not info.context.may("MANAGE_USERS"):
        raise PermissionDenied("MANAGE_USERS", "OWNER")
    return of_owner(address, owner) if owner else address, owner
