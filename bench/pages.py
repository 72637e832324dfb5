"""Load cases of the shop's pages, requested as by a browser without JavaScript."""

import random
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urlencode

from bench.load import HttpClient

FORM_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
GUEST = {
    "email": "ada.guest@example.com",
    "shipping-first_name": "Ada",
    "shipping-last_name": "Guest",
    "shipping-street_address_1": "1600 Amphitheatre Pkwy",
    "shipping-city": "Mountain View",
    "shipping-postal_code": "94043",
    "shipping-country": "US",
    "shipping-country_area": "CA",
    "same": "on",
}


class PostForms(HTMLParser):
    """The POST forms of a page, each a list of the (name, value) pairs that the unchanged form would submit."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form":
            self._open = attributes.get("method", "get") == "post"
            if self._open:
                self.forms.append([])
        elif tag == "input" and self._open and attributes.get("name"):
            kind = attributes.get("type", "text")
            if (
                kind not in ("radio", "checkbox")
                or "checked" in attributes
                or attributes.get("name") == "read"
            ):
                self.forms[-1].append((attributes["name"] or "", attributes.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False

    def with_field(self, name: str) -> list[tuple[str, str]]:
        """The first form that has this field; raises StopIteration if there is none."""
        return next(form for form in self.forms if any(key == name for key, _ in form))


def page_case(url: str, path: str, headers: dict[str, str] | None = None) -> Callable[[], Callable[[], None]]:
    """GET the page again and again; 304 counts where `headers` ask whether it has changed."""

    def make_action() -> Callable[[], None]:
        http_client = HttpClient(url)

        def action() -> None:
            status, _, _ = http_client.send("GET", path, headers=headers)
            if status not in (200, 304):
                raise RuntimeError(f"{path}: {status}")

        return action

    return make_action


def purchase_case(url: str, products: list[str]) -> Callable[[], Callable[[], None]]:
    """A whole purchase, from the product page to the order page: ten requests, a new session each time."""

    def make_action() -> Callable[[], None]:
        return lambda: buy(HttpClient(url), random.choice(products))

    return make_action


def buy(http_client: HttpClient, product: str) -> str:
    """Buy the product as a guest; returns the path of the order page, raises RuntimeError if there is no order."""
    add_to_cart(http_client, product)
    _submit_form(http_client, "/checkout/", "email", GUEST)
    _submit_form(http_client, "/checkout/delivery/", "delivery", {})
    order_path = _submit_form(http_client, "/checkout/payment/", "total", {})
    status, _, _ = http_client.send("GET", order_path)
    if status != 200 or "/orders/" not in order_path:
        raise RuntimeError(f"no order: {status} {order_path}")
    return order_path


def add_to_cart(http_client: HttpClient, product: str) -> None:
    _submit_form(http_client, f"/products/{product}/", "variant", {})


def _submit_form(http_client: HttpClient, path: str, marker: str, answers: dict[str, str]) -> str:
    """Submit the form of a page that has the field `marker`; returns the redirect target, raises RuntimeError without one."""
    status, html, _ = http_client.send("GET", path)
    if status != 200:
        raise RuntimeError(f"GET {path}: {status}")
    fields = [(k, v) for k, v in PostForms(html.decode()).with_field(marker) if k not in answers]
    body = urlencode(fields + list(answers.items())).encode()
    status, content, headers = http_client.send("POST", path, body, FORM_HEADERS)
    if status not in (302, 303):
        raise RuntimeError(f"POST {path}: {status} {content[:200]!r}")
    return headers["location"]
