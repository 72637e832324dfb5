"""The steps of the checkout: which one is due, and the progress shown above the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from store.saleor import clients
from store.saleor.client.checkout_contact_page import CheckoutContactPageCheckout
from store.saleor.client.checkout_page import CheckoutPageCheckout
from store.saleor.client.enums import CheckoutAuthorizeStatusEnum
from store.saleor.errors import check
from store.storefront import cart_contents, cart_cookie, channels, languages
from store.storefront.cart_contents import Checkout
from store.storefront.channels import Channel
from store.storefront.checkout import earlier_payments

STEPS = (
    ("storefront:checkout", _("Address")),
    ("storefront:delivery", _("Delivery")),
    ("storefront:payment", _("Review and pay")),
)


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is a CSS class: done, now or later."""

    name: str
    url: str
    state: str


def current_checkout_id(request: HttpRequest) -> tuple[Channel, str | None]:
    """The channel and the id of its cart, None without a cart."""
    channel = channels.current_channel(request)
    cookie = cart_cookie.read(request, channel)
    return channel, cookie.id if cookie else None


def read_checkout(checkout_id: str) -> Checkout | None:
    """As the shop has it now; None where it is an order already, or has expired. Raises SaleorError."""
    answer = clients.storefront().checkout_page(id=checkout_id, language=languages.current_code()).checkout
    return with_payments(answer) if answer else None


def with_payments(answer: CheckoutPageCheckout | CheckoutContactPageCheckout) -> Checkout:
    """The checkout with what its payments hold, which only staff may read; needed where they cover a part of it."""
    is_partly_covered = answer.authorize_status is CheckoutAuthorizeStatusEnum.PARTIAL
    authorized = earlier_payments.authorized_amount(answer.id) if is_partly_covered else Decimal(0)
    return cart_contents.checkout(answer, authorized=authorized)


def keep_language(checkout: Checkout) -> None:
    """The order and its mails are written in the language that the shopper reads. Raises Refused."""
    code = languages.current_code()
    if checkout.language is not code:
        answer = clients.storefront().checkout_language_code_update(id=checkout.id, language=code)
        check(answer.checkout_language_code_update)


def due_step(checkout: Checkout | None, *, required: Sequence[str] = ()) -> str | None:
    """The view name of the step that must come first; None when this one is due.

    `required` names what this step builds on: "address", "delivery".
    """
    if checkout is None or not checkout.can_be_ordered:
        return "storefront:cart"
    if "address" in required and not (
        checkout.email and checkout.shipping_address and checkout.billing_address
    ):
        return "storefront:checkout"
    if "delivery" in required and checkout.needs_delivery and not checkout.delivery_id:
        return "storefront:delivery"
    return None


def redirect_to(request: HttpRequest, view_name: str, checkout: Checkout | None = None) -> HttpResponse:
    """A redirect to a step of this checkout, also when the shopper has chosen another channel since."""
    response = HttpResponseRedirect(reverse(view_name), status=303)
    own = channels.by_slug(checkout.channel) if checkout else None
    if own and own != channels.current_channel(request):
        channels.set_cookie(response, own, secure=request.is_secure())
    return response


def list_steps(current: str) -> list[Step]:
    view_names = [name for name, _label in STEPS]
    current_index = view_names.index(current)
    return [
        Step(
            str(label),
            reverse(name),
            "done" if n < current_index else "now" if n == current_index else "later",
        )
        for n, (name, label) in enumerate(STEPS)
    ]
