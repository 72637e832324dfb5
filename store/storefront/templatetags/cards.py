"""The tags `product_card` and `guide_card`. A card depends on its values alone, so each is drawn once for equal values.

What was drawn is kept by template, language and values. Nothing has to be told when a product changes: another value
is another key. Both raise TypeError for a value that can't be hashed, since it might change without being another one.
"""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from store.storefront.guide_content import GuideCard
from store.storefront.product_cards import ProductCard

register = template.Library()
KEPT = 1024  # cards of some 2 kB


@register.simple_tag(takes_context=True)
def product_card(context: Context, product: ProductCard, **more: Hashable) -> SafeString:
    """`more`: `lazy` loads the pictures late, `reason` and `sku` say why a search found it, `fits` is for the
    chooser, and `url_without` leads to the list without it."""
    values = {
        "product": product, "rating": context["ratings"].get(product.slug), "locale": context["locale"],
    }  # fmt: skip
    return _drawn("storefront/parts/card.html", get_language(), tuple((values | more).items()))


@register.simple_tag
def guide_card(guide: GuideCard) -> SafeString:
    return _drawn("storefront/parts/guide_card.html", get_language(), (("guide", guide),))


@lru_cache(maxsize=KEPT)
def _drawn(template_name: str, _language: str | None, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template_name, dict(values))
