"""Privilege escalation check: groups, staff and apps get only permissions that the requestor holds."""

from collections.abc import Iterable

from store.engine.errors import OperationError


def check_grantable(
    codes: Iterable[str], *, requestor_permissions: frozenset[str], field: str = "permissions"
) -> list[str]:
    """The codes, sorted and without duplicates.

    Raises OperationError OUT_OF_SCOPE_PERMISSION naming the codes that the requestor lacks.
    """
    granted = sorted(set(codes))
    if out_of_scope := [code for code in granted if code not in requestor_permissions]:
        raise OperationError(
            "You can't add permission that you don't have.",
            field=field,
            code="OUT_OF_SCOPE_PERMISSION",
            permissions=out_of_scope,
        )
    return granted
