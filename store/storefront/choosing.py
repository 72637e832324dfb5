"""Help me choose: four questions that narrow the sets down, answered in the browser only.

The page holds every set with what it fits; the script shows those that fit. Without it each answer is a link to a list.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.storefront import catalog_index, channels, facets, languages, product_list, view_decorators
from store.storefront.catalog_index import LEVEL, MECHANISM, PRICE, SUCTION, IndexedProduct
from store.storefront.facets import FacetChoice
from store.storefront.list_query import ListQuery
from store.storefront.page_context import render
from store.storefront.product_cards import ProductCard

MAX_SETS = 24  # cards that the page holds, those for a first time before the others
QUESTIONS: dict[str, Promise] = {
    LEVEL: _("Have you used cups before?"),
    MECHANISM: _("How would you like to make suction?"),
    SUCTION: _("How strong may it be?"),
    PRICE: _("What may it cost?"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice with the address of the list that shows what fits."""

    choice: FacetChoice
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    text: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class OfferedSet:
    """`fits`: the answers that it fits, such as "level=first-time price=-25"."""

    card: ProductCard
    fits: str


@view_decorators.public
def choose(request: HttpRequest) -> HttpResponse:
    channel = channels.current_channel(request)
    sets = [one for one in catalog_index.fetch(channel.slug) if one.values.get(LEVEL)]
    shown = sorted(sets, key=lambda one: one.beginner_rank)[:MAX_SETS]
    cards, _category = product_list.fetch_cards(channel.slug, [one.slug for one in shown], "")
    context = {
        "questions": _questions(sets, languages.format_locale(channel)),
        "sets": [OfferedSet(cards[one.slug], _fits(one)) for one in shown if one.slug in cards],
        "canonical": settings.PUBLIC_URL + request.path,
    }
    return render(request, "choose.html", context)


def _questions(sets: list[IndexedProduct], locale: str) -> list[Question]:
    """In the order of QUESTIONS; one that has a single answer, or none, is not asked."""
    rows = {facet.key: facet.choices for facet in facets.facets(sets, sets, {}, locale)}
    return [
        Question(
            key,
            str(text),
            [Answer(one, ListQuery().toggled(key, one.slug).url) for one in rows[key]],
        )
        for key, text in QUESTIONS.items()
        if len(rows.get(key, ())) > 1
    ]


def _fits(product: IndexedProduct) -> str:
    return " ".join(f"{key}={value.slug}" for key in QUESTIONS for value in product.values.get(key, ()))
