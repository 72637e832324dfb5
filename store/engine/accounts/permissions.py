"""Saleor's permission codes, and which of them a user holds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.engine.events.permission_codes import ALL

if TYPE_CHECKING:
    from store.engine.accounts.models import User

NONE: frozenset[str] = frozenset()


def of_user(user: "User") -> frozenset[str]:
    return of_users([user])[user.pk]


def of_users(users: Sequence["User"]) -> dict[int, frozenset[str]]:
    """For many at once, in one statement (none, when nobody of them is in a group)."""
    from store.engine.accounts.models import Group

    held = {user.pk: ALL if _works_here(user) and user.is_superuser else NONE for user in users}
    by_groups = [user.pk for user in users if _works_here(user) and not user.is_superuser]
    if by_groups:
        links = Group.users.through.objects.filter(user_id__in=by_groups)
        for user_id, codes in links.values_list("user_id", "group__permissions"):
            held[user_id] |= frozenset(codes) & ALL
    return held


def _works_here(user: "User") -> bool:
    return user.is_active and user.is_staff
