"""Saleor's permission codes, and which of them a user holds."""

from typing import TYPE_CHECKING

from store.engine.hooks.permissions import ALL

if TYPE_CHECKING:
    from store.engine.people.models import User


def of_user(user: "User") -> frozenset[str]:
    if not (user.is_active and user.is_staff):
        return frozenset()
    if user.is_superuser:
        return ALL
    held = user.groups.values_list("permissions", flat=True)
    return frozenset(code for codes in held for code in codes) & ALL
