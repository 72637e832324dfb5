"""Who may send addresses that are not validated."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLField, GraphQLInputObjectType, get_named_type

from store.engine.errors import PermissionDenied

MAY_SKIP_VALIDATION = ("MANAGE_CHECKOUTS", "HANDLE_CHECKOUTS", "MANAGE_ORDERS", "MANAGE_USERS")


def takes_address(field: GraphQLField) -> bool:
    """Whether an argument of the field is, or leads to, an AddressInput."""
    pending, seen = [get_named_type(argument.type) for argument in field.args.values()], set[str]()
    while pending:
        type_ = pending.pop()
        if type_.name == "AddressInput":
            return True
        if isinstance(type_, GraphQLInputObjectType) and type_.name not in seen:
            seen.add(type_.name)
            pending += [get_named_type(member.type) for member in type_.fields.values()]
    return False


def check_skipped_validation(info: Any, arguments: Any) -> None:
    """Raise PermissionDenied when an address says `skipValidation` and the requestor may not."""
    if any(_addresses_to_skip(arguments)) and not info.context.has_permission(*MAY_SKIP_VALIDATION):
        raise PermissionDenied(*MAY_SKIP_VALIDATION)


def _addresses_to_skip(value: Any) -> Iterator[bool]:
    if isinstance(value, dict):
        yield value.get("skip_validation") is True
        for inner in value.values():
            yield from _addresses_to_skip(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _addresses_to_skip(inner)
