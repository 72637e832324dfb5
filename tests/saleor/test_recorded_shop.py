"""Pages, orders and mails from what an unmodified Saleor answered. See `exchanges` for what counts as the same request.

python -m tests.saleor.record http://127.0.0.1:8000/graphql/      makes the recordings anew
"""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from store.mailer import reconciliation, sweep
from store.mailer.models import MailPlan, OrderEvent, Reconciliation, State
from store.mailer.shops import current_shop
from store.saleor import clients
from store.saleor.client.enums import LanguageCodeEnum
from store.saleor.client.input_types import CheckoutLineUpdateInput
from store.saleor.errors import GraphQLError, Refused, check
from store.saleor_app import inspection, registration
from store.storefront import channels
from store.storefront.checkout.gateways import DUMMY
from tests.journeys.real_saleor import BERLIN, RealSaleor
from tests.mailer.conftest import Mailbox
from tests.saleor.journey import Journey
from tests.storefront.test_with_the_engine import ADDRESS

pytestmark = pytest.mark.timeout(600)
PRODUCT = "/products/silicone-starter-set/"
TOO_DEAR = """query TooDear { categories(first: 100) { edges { node { products(first: 100, channel: "eu") {
    edges { node { productVariants(first: 100) { edges { node { id } } } } } } } } } }"""
MAILS = ["safety-first", "order-confirmation"]
IN_BERLIN = ADDRESS | {
    "shipping-country": "DE",
    "shipping-street_address_1": BERLIN["streetAddress1"],
    "shipping-city": BERLIN["city"],
    "shipping-country_area": "",
    "shipping-postal_code": BERLIN["postalCode"],
}


def fill_cart(journey: Journey, language: str, quantity: int = 1) -> None:
    variant = re.search(r'name="variant" value="([^"]+)"', journey.get(language + PRODUCT))
    assert variant
    form = {"variant": variant[1], "quantity": str(quantity)}
    assert journey.post(language + PRODUCT, form).startswith(f"{language}/cart/")


def go_to_payment(journey: Journey, language: str, address: dict[str, str]) -> None:
    assert journey.post(f"{language}/checkout/", address) == f"{language}/checkout/delivery/"
    option = re.search(r'name="delivery" value="([^"]+)"', journey.get(f"{language}/checkout/delivery/"))
    assert option
    to = journey.post(f"{language}/checkout/delivery/", {"delivery": option[1]})
    assert to == f"{language}/checkout/payment/"


def payment_form(journey: Journey, language: str, **more: str) -> dict[str, Any]:
    page = journey.get(f"{language}/checkout/payment/")
    form: dict[str, Any] = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return (
        form
        | {"read": re.findall(r'name="read" value="([^"]+)"', page), "card": "good", "gateway": DUMMY}
        | more
    )


def buy(journey: Journey, language: str, address: dict[str, str]) -> str:
    """A guest's order, paid by the dummy app; returns the address of its page."""
    fill_cart(journey, language)
    go_to_payment(journey, language, address)
    order = journey.post(f"{language}/checkout/payment/", payment_form(journey, language))
    assert order.startswith(f"{language}/orders/")
    return order


# --- pages ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "market", "price"),
    [("", "default-channel", "$"), ("/de", "eu", "€"), ("/es", "eu", "€")],
    ids=["en", "de", "es"],
)
def test_catalogue(journey: Journey, language: str, market: str, price: str) -> None:
    channels.load(clients.staff())
    journey.post("/region/", {"channel": market})
    pages = {
        path: journey.get(language + path)
        for path in (
            "/",
            "/products/",
            PRODUCT,
            "/products/?q=silicone",
            "/guides/first-session/",
            "/search/suggestions/?q=gla",
        )
    }
    name = journey.at_saleor("name", lambda real: _name(real, language.strip("/"), market))
    assert "<h1" in pages[PRODUCT]
    assert name in pages[PRODUCT]
    assert name in pages["/products/"]
    assert f"{language}{PRODUCT}" in pages["/products/?q=silicone"]
    assert price in pages[PRODUCT]
    assert "/products/" in pages["/guides/first-session/"]


def _name(real: RealSaleor, language: str, channel: str) -> str:
    query = """query($c:String!,$l:LanguageCodeEnum!){product(slug:"silicone-starter-set",channel:$c){
        name translation(languageCode:$l){name}}}"""
    found = real.api.execute(query, {"c": channel, "l": (language or "en").upper()})["product"]
    return str((found["translation"] or {}).get("name") or found["name"])


# --- orders and mails -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "market", "address"),
    [("", "default-channel", ADDRESS), ("/de", "eu", IN_BERLIN), ("/es", "eu", IN_BERLIN)],
    ids=["en", "de", "es"],
)
def test_purchase(journey: Journey, language: str, market: str, address: dict[str, str]) -> None:
    mailbox = Mailbox(settings.MAIL_DIR)
    channels.load(clients.staff())
    journey.post("/region/", {"channel": market})
    page = journey.get(buy(journey, language, address))
    (told,) = journey.events("order_fully_paid")
    order = json.loads(told.body)["order"]
    assert order["number"] in page
    assert journey.tell(told, body=told.body.replace("true", "true ", 1)).status_code == 401
    assert not OrderEvent.objects.exists()
    assert [journey.tell(told).json() for _ in range(2)] == [{"status": "new"}, {"status": "seen"}]
    sweep.sweep(seconds=120)
    sent = MailPlan.objects.filter(order_id=order["id"], state=State.SENT).order_by("sent_at", "priority")
    assert [one.kind for one in sent] == MAILS
    assert {one.locale[:2] for one in sent} == {language.strip("/") or "en"}
    assert len(mailbox.messages()) == len(MAILS)
    assert all(order["number"] in str(mail["Subject"]) or mail["To"] for mail in mailbox.messages())


def test_what_is_refused_on_the_way(journey: Journey) -> None:
    """A bad code and a declined card are each said in words; the same cart is paid afterwards."""
    fill_cart(journey, "")
    refused = journey.get(journey.post("/cart/", {"code": "NO-SUCH-CODE"}))
    assert "We don&#x27;t know this code, or it has ended." in refused
    line = re.search(r'name="(quantity-[^"]+)"', journey.get("/cart/"))
    assert line
    journey.post("/cart/", {line[1]: "2"})
    go_to_payment(journey, "", ADDRESS)
    declined = journey.post("/checkout/payment/", payment_form(journey, "", card="declined"))
    assert "Nothing was charged" in journey.get(declined)
    assert journey.post("/checkout/payment/", payment_form(journey, "")).startswith("/orders/")


def test_lost_event(journey: Journey) -> None:
    """The order's webhook never comes: the look at changed orders plans its mails, once."""
    mailbox, now = Mailbox(settings.MAIL_DIR), timezone.now()
    Reconciliation.objects.create(  # so that the orders of before are not asked for
        shop=current_shop(), looked_until=now + reconciliation.OVERLAP, succeeded_at=now
    )
    journey.get(buy(journey, "", ADDRESS))
    lost = journey.events("order_fully_paid")[0]
    order = json.loads(lost.body)["order"]["id"]
    later = timezone.now() + reconciliation.GRACE + timedelta(minutes=1)
    with time_machine.travel(later, tick=True):
        reconciliation.plan_missing()
        sweep.sweep(seconds=120)
        reconciliation.plan_missing()
        sweep.sweep(seconds=120)
        journey.tell(lost)
        sweep.sweep(seconds=120)
    sent = MailPlan.objects.filter(order_id=order, state=State.SENT).order_by("sent_at", "priority")
    assert [one.kind for one in sent] == MAILS
    assert len(mailbox.messages()) == len(MAILS)


# --- errors ---------------------------------------------------------------------------------------------
def test_errors_of_a_client(journey: Journey) -> None:
    """Each by the code that our pages and messages go by."""
    guest, staff = clients.storefront(), clients.staff()
    variant = journey.at_saleor("variant", _variant)
    made = check(
        guest.checkout_create(
            channel="eu", variant=variant, quantity=1, language=LanguageCodeEnum.EN
        ).checkout_create
    )
    assert made.checkout
    cart = made.checkout.id
    with pytest.raises(GraphQLError) as forbidden:
        guest.apps_by_name(name="Cupwell")
    assert forbidden.value.codes == ["PermissionDenied"]
    with pytest.raises(GraphQLError) as unknown:
        staff.with_token("no-token-of-anybody").channels()
    with pytest.raises(GraphQLError) as dear:
        guest.get_data(guest.execute(TOO_DEAR, "TooDear"))
    assert (unknown.value.codes, dear.value.codes) == (["PermissionDenied"], ["QueryCostError"])
    with pytest.raises(Refused) as code:
        check(guest.checkout_add_promo_code(id=cart, code="NO-SUCH-CODE").checkout_add_promo_code)
    more = CheckoutLineUpdateInput(variantId=variant, quantity=50)
    with pytest.raises(Refused) as stock:
        check(guest.checkout_lines_update(id=cart, lines=[more]).checkout_lines_update)
    assert (code.value.codes, stock.value.codes) == ({"INVALID"}, {"INSUFFICIENT_STOCK"})


def _variant(real: RealSaleor) -> str:
    """The id of the variant of which there is least; fifty are never in stock."""
    query = """{products(first:100,channel:"eu"){edges{node{slug productVariants(first:20){edges{node{
        id quantityAvailable}}}}}}}"""
    found = real.api.execute(query)["products"]["edges"]
    variants = [edge["node"] for one in found for edge in one["node"]["productVariants"]["edges"]]
    least = min(
        (one for one in variants if one["quantityAvailable"]), key=lambda one: one["quantityAvailable"]
    )
    assert least["quantityAvailable"] < 50
    return str(least["id"])


def test_connecting(journey: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    """An app that is there is kept, its webhook is put right, and what that Saleor has and lacks is told."""
    name = journey.at_saleor("app_name", lambda real: registration.APP_NAME)
    monkeypatch.setattr(registration, "APP_NAME", name)
    anybody = clients.storefront()
    staff = anybody.with_token(registration.staff_token(anybody, "admin@example.com", "admin"))
    again = registration.register_by_staff(staff, known_token=str(clients.staff().token))
    assert again.done == ("webhook corrected",)
    seen = inspection.inspect(staff, settings.SALEOR_API_URL)
    told = {one.text for one in seen.findings if one.is_fine}
    assert {f"Saleor {journey.recording.saleor}", "public keys of the webhooks", "clock"} <= told
    assert not [one.text for one in seen.findings if one.is_fine is None]
