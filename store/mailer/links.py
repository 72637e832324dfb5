"""Addresses that only another room knows; handed in by wiring, since the mailer may not look up at the pages."""

from collections.abc import Callable

from django.conf import settings

_order_page: Callable[[str], str] | None = None


def use(*, order_page: Callable[[str], str]) -> None:
    """`order_page` gives the path of the page that shows this order to whoever holds the link."""
    global _order_page  # noqa: PLW0603  set once, when the process starts
    _order_page = order_page


def order(order_id: str) -> str:
    """Empty when no room shows orders."""
    return f"{settings.PUBLIC_URL}{_order_page(order_id)}" if _order_page else ""
