"""URLs of shop pages in mails. `store.wiring` passes them in, since the mailer may not import the storefront."""

from collections.abc import Callable

from django.conf import settings

_order_path: Callable[[str, str], str] | None = None


def configure(*, order_page: Callable[[str, str], str]) -> None:
    """`order_page` maps the id and the language of an order to the path of its page, which needs no login."""
    global _order_path  # noqa: PLW0603  set once, when the process starts
    _order_path = order_page


def order_url(order_id: str, language: str) -> str:
    """The absolute URL of the order's page in a language.

    Raises RuntimeError when `configure` was not called at start.
    """
    if _order_path is None:
        raise RuntimeError("store.mailer.links.configure(...) must be called when the program starts")
    return f"{settings.PUBLIC_URL}{_order_path(order_id, language)}"
