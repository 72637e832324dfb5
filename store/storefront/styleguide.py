"""Every component of the pages in its states, for who designs them: `/styleguide/`, for staff who are logged in.

The values are made here; the components are the templates and classes of the shop itself. Not for shoppers, so its
words are not translated.
"""

from decimal import Decimal

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from store.storefront import guide_content, languages, view_decorators
from store.storefront.form_fields import EmailAddressField, error_summary
from store.storefront.order_status import Step
from store.storefront.page_context import render
from store.storefront.product_cards import Color, PriceRange, ProductCard
from store.storefront.values import Money


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As it stands on your door.")
    company = forms.CharField(label="Company", required=False)
    email = EmailAddressField(label="Email address")


COLORS = ("ground", "card", "well", "ink", "muted", "line", "accent", "accent-soft", "warn-soft", "bad-soft")
GUIDES = ("silicone-squeeze", "back", "first-session")


@view_decorators.private
def styleguide(request: HttpRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise Http404("There is no such page.")
    wrong = SampleForm({"name": "", "email": "ada@"})
    context = {
        "products": _cards(),
        "guides": guide_content.guide_cards(GUIDES, languages.current()),
        "insert": guide_content.insert_card("silicone-cups", languages.current()),
        "form": SampleForm(),
        "wrong": wrong,
        "errors": error_summary(wrong),
        "steps": [Step("Ordered", True, "1 December"), Step("Paid", True), Step("Sent", False)],
        "colors": COLORS,
        "stock": (40, 2, 0),
    }
    return render(request, "styleguide.html", context)


def _cards() -> list[ProductCard]:
    """One price, a range, a reduced one, and sold out."""
    low, high, before = (Money(Decimal(amount), "USD") for amount in ("19.00", "46.00", "29.00"))
    prices = (PriceRange(low, low, None), PriceRange(low, high, None), PriceRange(low, low, before))
    cards = [
        ProductCard(f"set-{n}", f"Set {n}", None, None, True, n, n, "First time", p)
        for n, p in enumerate(prices, 1)
    ]
    return [
        *cards,
        ProductCard(
            "set-4", "Set 4", None, None, False, 4, 6, "Regular use", PriceRange(low, low, None),
            suction="Suction: Light", colors=(Color("Teal", "#2f7f7b"), Color("Blush", "#d8a39b")),
        ),
    ]  # fmt: skip
