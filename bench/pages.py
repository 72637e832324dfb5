"""A shopper's walk through the pages, as a browser without JavaScript would send it."""

import random
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urlencode

from bench.load import Visitor

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
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


class Forms(HTMLParser):
    """The posting forms of a page: each a list of (name, value) that an untouched form would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._open = given.get("method", "get") == "post"
            if self._open:
                self.forms.append([])
        elif tag == "input" and self._open and given.get("name"):
            kind = given.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in given or given.get("name") == "read":
                self.forms[-1].append((given["name"] or "", given.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False

    def with_field(self, name: str) -> list[tuple[str, str]]:
        return next(form for form in self.forms if any(key == name for key, _ in form))


def page_case(url: str, path: str) -> Callable[[], Callable[[], None]]:
    def make() -> Callable[[], None]:
        visitor = Visitor(url)

        def act() -> None:
            status, _, _ = visitor.send("GET", path)
            if status != 200:
                raise RuntimeError(f"{path}: {status}")

        return act

    return make


def purchase_case(url: str, products: list[str]) -> Callable[[], Callable[[], None]]:
    """From the product page to the thank-you page: ten requests, a new shopper each time."""

    def make() -> Callable[[], None]:
        return lambda: buy(Visitor(url), random.choice(products))

    return make


def buy(visitor: Visitor, product: str) -> str:
    """The path of the order's page."""
    path = f"/products/{product}/"
    _submit(visitor, path, "variant", {})
    _submit(visitor, "/checkout/", "email", GUEST)
    _submit(visitor, "/checkout/delivery/", "delivery", {})
    where = _submit(visitor, "/checkout/payment/", "attempt", {})
    status, _, _ = visitor.send("GET", where)
    if status != 200 or "/orders/" not in where:
        raise RuntimeError(f"no order: {status} {where}")
    return where


def _submit(visitor: Visitor, path: str, marker: str, answers: dict[str, str]) -> str:
    """Open a page, send its form; the address it leads to. Anything but a redirect fails."""
    status, html, _ = visitor.send("GET", path)
    if status != 200:
        raise RuntimeError(f"GET {path}: {status}")
    fields = [(k, v) for k, v in Forms(html.decode()).with_field(marker) if k not in answers]
    body = urlencode(fields + list(answers.items())).encode()
    status, content, headers = visitor.send("POST", path, body, FORM)
    if status not in (302, 303):
        raise RuntimeError(f"POST {path}: {status} {content[:200]!r}")
    return headers["location"]
