"""Nobody gives away more than they have: permissions of groups, staff and apps are checked against the
giver's.
"""

from collections.abc import Iterable

from store.engine.errors import Refusal


def check_giving(codes: Iterable[str], *, giver: frozenset[str], field: str = "permissions") -> list[str]:
    """The codes, once each; raises OUT_OF_SCOPE_PERMISSION naming those the giver lacks."""
    wanted = sorted(set(codes))
    if beyond := [code for code in wanted if code not in giver]:
        raise Refusal(
            "You can't add permission that you don't have.",
            field=field,
            code="OUT_OF_SCOPE_PERMISSION",
            permissions=beyond,
        )
    return wanted
