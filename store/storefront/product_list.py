"""The product list: searched, filtered by facets, sorted, in numbered pages.

Which products are shown is worked out over the index of the whole catalogue; one more call fetches their cards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from store.saleor import clients
from store.saleor.client.product_list import ProductListCategoriesEdgesNode
from store.saleor.translations import translated_name
from store.storefront import (
    catalog_index,
    channels,
    facets,
    languages,
    list_query,
    product_search,
    richtext,
    view_decorators,
)
from store.storefront.catalog_index import IndexedProduct
from store.storefront.facets import Facet, FacetChoice
from store.storefront.list_query import ListQuery
from store.storefront.page_context import render
from store.storefront.product_cards import ProductCard, product_card
from store.storefront.product_search import FoundProduct, SearchResult

PAGE_SIZE = 12


@dataclass(frozen=True, slots=True)
class ListedCategory:
    name: str
    description: str
    seo_description: str


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """A card, with why the search found it; None without a search."""

    card: ProductCard
    found: FoundProduct | None


@dataclass(frozen=True, slots=True)
class ChosenValue:
    """A value that the list is filtered by, with the address without it."""

    label: str
    name: str
    url: str


@view_decorators.public
def listing(request: HttpRequest) -> HttpResponse:
    query = ListQuery.from_request(request)
    current = channels.current_channel(request)
    channel = current.slug
    if query.page < 1:
        raise Http404(_("There is no such page of the list."))
    result = product_search.search(query.search, channel) if query.search else _everything(channel)
    query = replace(query, selection=facets.known(query.selection, result.catalog))
    found = [one.product for one in result.products]
    shown = facets.matching(found, query.selection)
    pages = max(1, -(-len(shown) // PAGE_SIZE))
    if query.page > pages:
        raise Http404(_("The list is shorter than that by now."))
    ordered = _sorted(shown, query.sort)
    on_page = ordered[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
    cards, category = fetch_cards(channel, [one.slug for one in on_page], query.material)
    if query.material and category is None:
        raise Http404(_("We have no such material."))
    products = _listed(on_page, cards, result if query.search else None)
    rows = facets.facets(result.catalog, found, query.selection, languages.format_locale(current))
    context = _context(query, result, products, category) | _facet_context(query, rows)
    return render(request, "listing.html", context | {"total": len(shown)} | _paging(query, pages))


def _everything(channel: str) -> SearchResult:
    catalog = catalog_index.fetch(channel)
    nothing_marked = product_search.Reason(())
    return SearchResult(catalog, [FoundProduct(one, nothing_marked, 0) for one in catalog], (), ())


def _sorted(products: Sequence[IndexedProduct], sort: str) -> list[IndexedProduct]:
    """In the order that was asked for; products come in by best match, or by name."""
    match sort:
        case list_query.FIRST_TIME:
            return sorted(products, key=lambda one: one.beginner_rank)
        case list_query.PRICE:
            return sorted(products, key=_lowest_price)
        case list_query.PRICE_DOWN:
            return sorted(products, key=_lowest_price, reverse=True)
        case list_query.NEWEST:
            return sorted(products, key=lambda one: one.created, reverse=True)
        case list_query.NAME:
            return sorted(products, key=lambda one: one.name.casefold())
        case _best_match:
            return list(products)


def _lowest_price(product: IndexedProduct) -> float:
    return float(product.price.amount) if product.price else 0.0


def fetch_cards(
    channel: str, slugs: Iterable[str], category: str
) -> tuple[dict[str, ProductCard], ListedCategory | None]:
    """The cards by slug, and the category, None if there is no such one."""
    data = clients.storefront().product_list(
        channel=channel,
        slugs=list(slugs),
        category=category,
        language=languages.current_code(),
        alt_key=languages.alt_key(),
    )
    edges = data.products.edges if data.products else ()
    cards = {edge.node.slug: product_card(edge.node) for edge in edges}
    found = data.categories.edges if data.categories else ()
    return cards, _listed_category(found[0].node) if found else None


def _listed(
    products: Iterable[IndexedProduct], cards: dict[str, ProductCard], result: SearchResult | None
) -> list[ListedProduct]:
    """In the order of `products`; one that was withdrawn since is left out."""
    found = {one.product.slug: one for one in result.products} if result else {}
    return [
        ListedProduct(cards[product.slug], found.get(product.slug))
        for product in products
        if product.slug in cards
    ]


def _listed_category(answer: ProductListCategoriesEdgesNode) -> ListedCategory:
    own = answer.translation
    return ListedCategory(
        translated_name(answer),
        (own and own.description) or answer.description or "",
        (own and own.seo_description) or answer.seo_description or "",
    )


# --- the page -----------------------------------------------------------------------------------------
def _context(
    query: ListQuery, result: SearchResult, products: list[ListedProduct], category: ListedCategory | None
) -> dict[str, object]:
    return {
        "list_query": query,
        "products": products,
        "guides": result.guides,
        "corrected": result.corrected,
        "category": category,
        "description": richtext.html(category.description) if category else "",
        "sorts": list(query.sorts.items()),
        "without_search": query.without_search().url,
        "canonical": settings.PUBLIC_URL + query.canonical().url,
        "is_variation": query.is_variation,
    }


def _facet_context(query: ListQuery, rows: Sequence[Facet]) -> dict[str, object]:
    chosen = [
        ChosenValue(row.label, choice.name, query.toggled(row.key, choice.slug).url)
        for row in rows
        for choice in row.choices
        if choice.is_chosen
    ]
    return {
        "facets": rows,
        "chosen": chosen,
        "without_filters": query.without_selection().url,
        "quick": [(choice, query.toggled(choice.key, choice.slug).url) for choice in _quick(rows)],
    }


def _quick(rows: Sequence[Facet]) -> list[FacetChoice]:
    """What a phone offers in one row above the list, without opening the filters."""
    materials = next((row.choices for row in rows if row.key == catalog_index.MATERIAL), ())
    first = next((row.choices for row in rows if row.key == catalog_index.LEVEL), ())
    return [*(choice for choice in first if choice.slug == catalog_index.FIRST_TIME), *materials]


def _paging(query: ListQuery, pages: int) -> dict[str, object]:
    return {
        "pages": pages,
        "page_links": [(n, query.at_page(n).url) for n in range(1, pages + 1)],
        "previous_url": query.at_page(query.page - 1).url if query.page > 1 else "",
        "next_url": query.at_page(query.page + 1).url if query.page < pages else "",
    }
