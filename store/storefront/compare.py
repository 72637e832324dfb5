"""Compare up to four products in a table. What is compared stands in the address only: `/compare/?set=…&set=…`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from store.storefront import catalog_index, channels, variant_selection, view_decorators
from store.storefront.catalog_index import LEVEL
from store.storefront.page_context import render
from store.storefront.product_details import Product, ProductPicture, Variant
from store.storefront.product_fetching import fetch_product
from store.storefront.related_products import ProductLink
from store.storefront.values import Money

PARAMETER = "set"
MOST = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A product as its first variant that can be bought. `url_without`: the table without it."""

    product: Product
    variant: Variant | None
    picture: ProductPicture | None
    price: Money | None
    has_several_prices: bool
    url_without: str


@dataclass(frozen=True, slots=True)
class Row:
    """A fact of each column, "" where a product does not have it; `differs` where they are not all the same."""

    name: str
    values: Sequence[str]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


@view_decorators.public
def compare(request: HttpRequest) -> HttpResponse:
    channel = channels.current_channel(request)
    asked = list(dict.fromkeys(request.GET.getlist(PARAMETER)))[:MOST]
    found = [product for slug in asked if (product := fetch_product(slug, channel=channel))]
    slugs = [product.slug for product in found]
    columns = [_column(product, slugs) for product in found]
    context = {
        "columns": columns,
        "rows": _rows(columns),
        "slugs": slugs,
        "can_add": _others(channel.slug, slugs) if len(slugs) < MOST else [],
        "canonical": settings.PUBLIC_URL + request.path,
    }
    response = render(request, "compare.html", context)
    if request.GET:
        response["X-Robots-Tag"] = "noindex"  # there are more tables than anybody wants to find
    return response


def url_of(slugs: Iterable[str]) -> str:
    query = urlencode([(PARAMETER, slug) for slug in slugs])
    return reverse("storefront:compare") + (f"?{query}" if query else "")


def _column(product: Product, slugs: Sequence[str]) -> Column:
    variant = variant_selection.select_variant(product.variants, {})
    prices = [one.price for one in product.variants if one.price]
    pictures = product.pictures_of(variant)
    return Column(
        product=product,
        variant=variant,
        picture=pictures[0] if pictures else None,
        price=min(prices, key=lambda price: price.amount, default=None),
        has_several_prices=len({price.amount for price in prices}) > 1,
        url_without=url_of(slug for slug in slugs if slug != product.slug),
    )


def _rows(columns: Sequence[Column]) -> list[Row]:
    """Every fact that one of them has, in the order in which they first appear."""
    facts = [{fact.slug: fact for fact in one.product.facts_of(one.variant)} for one in columns]
    names = {slug: fact.name for own in reversed(facts) for slug, fact in own.items()}
    order = dict.fromkeys(slug for own in facts for slug in own)
    return [Row(names[slug], [own[slug].value if slug in own else "" for own in facts]) for slug in order]


def _others(channel: str, slugs: Sequence[str]) -> list[ProductLink]:
    """The sets that the table does not hold yet, by name; accessories have nothing to compare."""
    return [
        ProductLink(one.name, one.slug)
        for one in catalog_index.fetch(channel)
        if one.slug not in slugs and one.values.get(LEVEL)
    ]
