"""docs/personal-data.md names every place that holds an address, and deleting an account does what it says."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from store.back_in_stock import requests
from store.back_in_stock.models import StockRequest
from store.back_in_stock.requests import Wanted
from store.engine.accounts import customer_accounts, email_tokens
from store.engine.accounts.models import Address, User
from store.engine.channels.models import Channel
from store.engine.checkout.models import Checkout
from store.engine.fields import EmailAddressField
from store.engine.payments.models import TransactionItem
from store.mailer import enqueue
from store.mailer.models import MailPlan
from store.storefront.account import personal_data

DOCUMENT = Path(__file__).parents[2] / "docs" / "personal-data.md"
PERSONAL_NAME = re.compile(
    r"email$|recipient|address(_\d|_hash|_id)?$|sender_(name|address)|phone|ip_address|customer_note|^note$"
)
# JSON that holds facts of the catalogue, settings and rights.
IMPERSONAL_APPS = {"catalog", "shipping", "taxes", "stock"}
IMPERSONAL_JSON = {
    "metadata", "private_metadata", "permissions", "settings", "custom_headers", "markets", "values", "countries",
}  # fmt: skip
ADA = "ada@example.com"


def personal_columns() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not model._meta.proxy and _may_hold_a_person(model, field):
                yield f"{model._meta.label}.{field.name}"


def _may_hold_a_person(model: type[models.Model], field: models.Field) -> bool:
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.JSONField):
        is_body = model._meta.label == "mailer.MailBody"
        return is_body or not (model._meta.app_label in IMPERSONAL_APPS or field.name in IMPERSONAL_JSON)
    if isinstance(field, models.ForeignKey):
        return field.related_model in (Address, User) or bool(PERSONAL_NAME.search(field.name))
    return isinstance(field, EmailAddressField | models.EmailField) or bool(PERSONAL_NAME.search(field.name))


def test_every_column_that_may_hold_a_person_is_named() -> None:
    named = re.findall(r"^\| `([\w.]+)` \|", DOCUMENT.read_text(), re.MULTILINE)
    assert len(named) == len(set(named))
    assert sorted(set(personal_columns()) - set(named)) == [], "name them in docs/personal-data.md"
    known = {
        f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.fields
    }
    assert sorted(set(named) - known) == [], "docs/personal-data.md names what is gone"


@pytest.fixture
def ada(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> User:
    user = User.objects.create_user(ADA, "correct horse battery")
    channel = Channel.objects.create(name="US", slug="us", currency_code="USD", default_country="US")
    paid, _ = (
        Checkout.objects.create(
            channel=channel, currency="USD", country="US", user=user,
            shipping_address=Address.objects.create(street_address_1="Pine St 1", city="Reno", country="US"),
        ) for _ in range(2)
    )  # fmt: skip
    Checkout.objects.create(channel=channel, currency="USD", country="US", email="Ada@example.com")
    TransactionItem.objects.create(checkout_id=paid.pk, currency="USD", charged_value=Decimal(31))
    monkeypatch.setattr(enqueue, "send_task", lambda *_, **__: None)
    for email in (ADA, "bob@example.com"):
        wanted = Wanted(channel="us", variant_id="v", sku="", product_slug="set", email=email, language="en")
        requests.ask(wanted)
    return user


def test_an_account_that_is_deleted_leaves_no_cart_without_money_and_waits_for_nothing(ada: User) -> None:
    customer_accounts.delete(user=ada, token=email_tokens.deletion.make_token(ada))
    kept = Checkout.objects.get()
    assert (kept.user, TransactionItem.objects.get().checkout_id) == (None, kept.pk)
    assert [address.pk for address in Address.objects.all()] == [kept.shipping_address_id]
    assert [row.email for row in StockRequest.objects.all()] == ["bob@example.com"]
    assert [row.recipient for row in MailPlan.objects.all()] == ["bob@example.com"]


def test_what_somebody_waits_for_is_in_the_file_with_their_data(ada: User) -> None:
    [waiting] = personal_data.export(ADA)["waitingForStock"]
    assert (waiting["product"], waiting["is_confirmed"]) == ("set", False)
