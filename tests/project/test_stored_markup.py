"""Markup in every text and JSON column of every model: no page, mail, feed, file or answer of the API is led astray.

The models are walked by introspection, so that a new column is tried as well. Left out are columns that hold one word
of a list of ours, a key or a digest, which no person types (`NOT_TYPED`).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import InvalidOperation
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from store.engine.accounts.models import User
from store.engine.orders.models import Order
from store.guidebook.errors import UnknownVersion
from store.mailer import composition, orders
from store.mailer.mail_classes import Kind
from store.mailer.mail_kinds import ABOUT_ORDER, all_kinds
from store.mailer.message import Mail
from store.mailer.models import MailPlan
from store.reviews.models import Review
from tests.engine.api_client import gid
from tests.storefront.test_with_the_engine import buyer, payment_form  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
# Each would make an element `pwn`, an attribute `onpwn`, an address `javascript:pwn` or the number 4949 (7 * 7, twice).
PAYLOADS = (
    '"><pwn onpwn="1">',
    "'><pwn onpwn='1'>",
    "</script></style></title></textarea><pwn onpwn=1>",
    "javascript:pwn(1)//",
    "{{7*7}}{{7|add:42}}{% pwn %}<%= 7*7 %>${7*7}",
    "=pwn(1)+1",
    "<mj-raw><pwn onpwn=1></mj-raw><![CDATA[<pwn>]]>&lt;pwn&gt;",
    "a\r\nX-Pwn: 1",
    "\u202epwn<pwn>\u2066",
    "[pwn](javascript:pwn(1)) ![x](javascript:pwn(1)) <pwn>",
)
# By name of the column, or by model and column: one word of a list of ours, a key, a digest, an address of a file.
NOT_TYPED = re.compile(
    r"(^|_)(status|state|type|kind|kinds|code|codes|currency|country|countries|language|locale|token|key|keys|digest|"
    r"hash|slug|strategy|option|priority|email|recipient|shop|id|pk|permissions|url|urls|image|file|path|sku|uuid|"
    r"password|secret|identifier|version|reference|class|outcome|scope|reason|unit|entity|level|about|method|sender|user_email"
    r"|values|lots|payload|changes|subscription_query|waits_for|taxes|rule|markets|remedies|columns|before|after|parts|"
    r"quantities|counts|visibility|message_id|dedupe|plan_key|lang|gateway|number|numbers|done|number|codename|session_data)$"
)
OURS = ("store.",)


def models_of_ours() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith(OURS) and model._meta.managed and not model._meta.proxy
    ]


def typed_columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not (field.primary_key or field.choices or NOT_TYPED.search(field.name))
    ]


def poison_everything() -> int:
    """Returns how many values were replaced."""
    replaced = 0
    for model in models_of_ours():
        columns = typed_columns(model)
        for place, row in enumerate(model._base_manager.order_by("pk")[:60]):
            for number, field in enumerate(columns):
                payload = PAYLOADS[(place + number) % len(PAYLOADS)]
                value = poisoned(getattr(row, field.attname), field, payload)
                if value is not None:
                    with transaction.atomic():
                        model._base_manager.filter(pk=row.pk).update(**{field.attname: value})
                    replaced += 1
    return replaced


def poisoned(value: Any, field: models.Field[Any, Any], payload: str) -> Any:
    """The column's value with the payload in place of its texts; None to leave it."""
    if isinstance(field, models.JSONField):
        return in_texts(value, payload) if value else None
    if field.unique or (field.name in ("title", "name") and not value):
        return None
    return payload[: field.max_length or 10_000]


def in_texts(value: Any, payload: str, key: str = "") -> Any:
    """Replace the strings of a JSON value; keys, and what says of which type a block is, stay."""
    if isinstance(value, dict):
        return {name: in_texts(one, payload, name) for name, one in value.items()}
    if isinstance(value, list):
        return [in_texts(one, payload, key) for one in value]
    is_typed = isinstance(value, str) and not NOT_TYPED.search(key) and key not in ("style", "time")
    return payload if is_typed and not re.fullmatch(r"[\w@.:+-]*", value) else value


class Watcher(HTMLParser):
    """Notes every element, attribute and address that a payload made."""

    ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        for name, value in attributes:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if "pwn" in name or (name in self.ADDRESSES and address.startswith(("javascript:", "data:text"))):
                self.found.append(f"{tag} {name}={value}")
        if "pwn" in tag:
            self.found.append(tag)


def problems(address: str, content_type: str, body: bytes, headers: dict[str, str]) -> list[str]:
    text = body.decode(errors="replace")
    found = [f"header {name}" for name, value in headers.items() if "pwn" in name.lower()]
    if "4949" in text and "{{7*7}}" not in text:
        found.append("a template was filled in")
    if "html" in content_type:
        found += Watcher(text).found
    elif "xml" in content_type:
        found += [node.tag for node in ElementTree.fromstring(text).iter() if "pwn" in node.tag]
    elif "csv" in content_type:
        cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
        found += [cell for cell in cells if re.match(r"[\s]*[=+@]", cell)]
    elif "json" in content_type:
        json.loads(text)
    return [f"{address}: {one}" for one in found]


@pytest.fixture
def poisoned_shop(buyer: Client) -> Client:  # noqa: F811
    """A shop with an order, a parcel and a review, all of whose words are payloads; the buyer's browser."""
    buyer.post("/checkout/payment/", payment_form(buyer))
    assert poison_everything() > 500
    return buyer


def looked_at(client: Client, addresses: Iterator[str]) -> tuple[list[str], list[str]]:
    """(problems, addresses that failed)."""
    wrong, failed = [], []
    for address in addresses:
        answer = client.get(address)
        if answer.status_code >= 500:
            failed.append(f"{answer.status_code} {address}")
        else:
            body = answer.getvalue()
            wrong += problems(address, answer.get("Content-Type", ""), body, dict(answer.items()))
    return wrong, failed


def test_no_page_of_the_shop_runs_what_is_stored(poisoned_shop: Client) -> None:
    wrong, failed = looked_at(poisoned_shop, crawled(poisoned_shop))
    assert (wrong, failed) == ([], [])


def crawled(client: Client, most: int = 70) -> Iterator[str]:
    """The shop's own pages, those that the start leads to."""
    known = [
        "/",
        "/cart/",
        "/feeds/products.xml",
        "/search/suggestions/?q=c",
        "/sitemap.xml",
        "/account/",
        "/recalls/",
    ]
    for place in range(most):
        if place >= len(known):
            return
        address = known[place]
        if address.endswith((".xml", ".pdf", ".js")):
            yield address
            continue
        page = client.get(address).getvalue().decode(errors="replace")
        known += [
            link
            for link in re.findall(r'href="(/[^"#]*)"', page)
            if link not in known and "/static/" not in link
        ]
        yield address


def test_no_page_of_the_desk_runs_what_is_stored(poisoned_shop: Client) -> None:
    merchant = Client(raise_request_exception=False)
    merchant.force_login(User.objects.create_superuser("owner@example.com", "a long way home"))
    wrong, failed = looked_at(merchant, desk_addresses())
    assert (wrong, failed) == ([], [])


def desk_addresses() -> Iterator[str]:
    yield "/admin/"
    for model, pages in admin.site._registry.items():
        row = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
        for pattern in pages.get_urls():
            if pattern.name and not pattern.name.endswith(("autocomplete", "jsi18n")):
                arguments = [str(row or 9_999_999)] * len(pattern.pattern.regex.groupindex)
                yield reverse(f"admin:{pattern.name}", args=arguments)


def test_no_mail_runs_what_is_stored(poisoned_shop: Client) -> None:
    order = orders.fetch(gid(Order.objects.get()))
    assert order is not None
    wrong, composed = [], set()
    for kind in all_kinds():
        if kind.about is not ABOUT_ORDER or (mail := mail_about(kind.kind, order)) is None:
            continue
        composed.add(kind.kind)
        wrong += [f"{kind.kind}: {one}" for one in Watcher(mail.html).found]
        if re.search(r"[\r\n]", mail.subject):
            wrong.append(f"{kind.kind}: a line of the header")
        if "4949" in mail.text:
            wrong.append(f"{kind.kind}: a template was filled in")
    assert wrong == []
    assert len(composed) > 5, composed


def mail_about(kind: Kind, order: orders.Order) -> Mail | None:
    """About the order, the insert of its line or an amount; None for what needs more than an order has."""
    for about in ("", "silicone-cups", "10.00"):
        plan = MailPlan(kind=kind, about=about, locale="en", order_id=order.id, order_number=order.number)
        with suppress(KeyError, AttributeError, UnknownVersion, InvalidOperation):
            return composition.compose(plan, order, recipient="ada@example.com")
    return None


def test_the_columns_that_are_left_out_are_few() -> None:
    tried = sum(len(typed_columns(model)) for model in models_of_ours())
    assert tried > 100
    assert any(field.name == "text" for field in typed_columns(Review))
