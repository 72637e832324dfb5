"""The product list: by category, sorted, searched, in numbered pages.

Saleor pages by cursor, so page n starts after the cursor of the last product before it, which one small query
looks up. Page 1, the one most visitors see, needs no such query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypedDict
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.saleor import clients
from store.saleor.client import fragments
from store.saleor.client.enums import OrderDirection, ProductOrderField
from store.saleor.client.input_types import ProductOrder
from store.saleor.client.product_list_by_category import ProductListByCategoryCategory
from store.saleor.translations import translated_name
from store.storefront import channels, languages, richtext, view_decorators
from store.storefront.connections import ConnectionAnswer, PageInfoAnswer, all_nodes
from store.storefront.page_context import render
from store.storefront.product_cards import ProductCard, product_card
from store.storefront.request_values import single_line, whole_number

PAGE_SIZE = 12
SALEOR_PAGE_LIMIT = 100
MAX_SEARCH_LENGTH = 80
MAX_SLUG_LENGTH = 255  # as Saleor stores slugs
MAX_PAGE = 99_999

Sort = tuple[str, Promise, ProductOrderField, OrderDirection]  # key, label, and what Saleor sorts by

NAME: Sort = ("name", gettext_lazy("Name"), ProductOrderField.NAME, OrderDirection.ASC)
BEST_MATCH: Sort = ("best", gettext_lazy("Best match"), ProductOrderField.RANK, OrderDirection.DESC)
SORTS: tuple[Sort, ...] = (
    NAME,
    ("price", gettext_lazy("Price, low to high"), ProductOrderField.MINIMAL_PRICE, OrderDirection.ASC),
    ("-price", gettext_lazy("Price, high to low"), ProductOrderField.MINIMAL_PRICE, OrderDirection.DESC),
    ("-date", gettext_lazy("Newest first"), ProductOrderField.CREATED_AT, OrderDirection.DESC),
)


class ListArguments(TypedDict):
    channel: str
    first: int
    after: str | None
    search: str | None
    sort_by: ProductOrder


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The query string, parsed; invalid values become the defaults. `page` is 0 when it is not a number from 1."""

    material: str
    search: str
    sort: str
    page: int

    @classmethod
    def from_request(cls, request: HttpRequest) -> "ListQuery":
        search = single_line(request.GET.get("q", ""), max_length=MAX_SEARCH_LENGTH)
        known = {key for key, *_rest in _available_sorts(search)}
        sort = request.GET.get("sort", "")
        return cls(
            material=single_line(request.GET.get("material", ""), max_length=MAX_SLUG_LENGTH),
            search=search,
            sort=sort if sort in known else _available_sorts(search)[0][0],
            page=whole_number(request.GET.get("page", "1"), minimum=1, maximum=MAX_PAGE) or 0,
        )

    @property
    def order(self) -> ProductOrder:
        *_rest, field, direction = next(
            sort_option for sort_option in _available_sorts(self.search) if sort_option[0] == self.sort
        )
        return ProductOrder(field=field, direction=direction)

    @property
    def has_custom_sort(self) -> bool:
        return self.sort != _available_sorts(self.search)[0][0]

    def arguments(self, channel: str, *, first: int, after: str | None) -> "ListArguments":
        """The GraphQL variables that the list and the query for its cursor share."""
        return ListArguments(
            channel=channel, first=first, after=after, search=self.search or None, sort_by=self.order
        )

    def url(self, **changes: object) -> str:
        """URL of this list with the given parameters changed; defaults are left out."""
        values = {"material": self.material, "q": self.search, "sort": self.sort, "page": self.page}
        values |= changes
        if not values["q"] and values["sort"] == BEST_MATCH[0]:
            values["sort"] = NAME[0]
        defaults = {"sort": _available_sorts(str(values["q"]))[0][0], "page": 1}
        parameters = {k: v for k, v in values.items() if v and v != defaults.get(k)}
        return "?" + urlencode(parameters) if parameters else reverse("storefront:listing")


def _available_sorts(search: str) -> tuple[Sort, ...]:
    """The sort options; the first is the default: best match for a search, by name otherwise."""
    return (BEST_MATCH, *SORTS) if search else SORTS


@dataclass(frozen=True, slots=True)
class ListedCategory:
    name: str
    description: str
    seo_description: str


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """A category with the number of its products that fit the search."""

    slug: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ProductListPage:
    """One page of cards. `category` is None for all products; the counts are those of the same search."""

    products: Sequence[ProductCard]
    total: int
    category: ListedCategory | None
    total_without_category: int
    category_counts: Sequence[CategoryCount]


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    count: int
    url: str
    is_current: bool


@view_decorators.public
def listing(request: HttpRequest) -> HttpResponse:
    query = ListQuery.from_request(request)
    channel = channels.current_channel(request)
    if query.page < 1:
        raise Http404(_("There is no such page of the list."))
    after = _cursor_before(channel.slug, query)
    product_page = _fetch_products(channel.slug, query, after)
    pages = max(1, -(-product_page.total // PAGE_SIZE))
    if query.page > pages:
        raise Http404(_("The list is shorter than that by now."))
    return render(request, "listing.html", _context(query, product_page, pages))


def _fetch_products(channel: str, query: ListQuery, after: str | None) -> ProductListPage:
    client = clients.storefront()
    arguments = query.arguments(channel, first=PAGE_SIZE, after=after)
    if not query.material:
        data = client.product_list(**arguments, language=languages.current_code())
        total = _count(data.products)
        return ProductListPage(
            _cards(data.products), total, None, total, _category_counts(channel, query, data.categories)
        )
    by_category = client.product_list_by_category(
        category=query.material, language=languages.current_code(), **arguments
    )
    category = by_category.category
    if category is None:
        raise Http404(_("We have no such material."))
    return ProductListPage(
        _cards(category.products),
        _count(category.products),
        _listed_category(category),
        _count(by_category.everything),
        _category_counts(channel, query, by_category.categories),
    )


def _listed_category(answer: ProductListByCategoryCategory) -> ListedCategory:
    own = answer.translation
    return ListedCategory(
        translated_name(answer),
        (own and own.description) or answer.description or "",
        (own and own.seo_description) or answer.seo_description or "",
    )


def _cursor_before(channel: str, query: ListQuery) -> str | None:
    """The cursor of the last product on the page before; None for page 1."""
    cursor, remaining = None, (query.page - 1) * PAGE_SIZE
    while remaining > 0:
        page_info = _fetch_page_info(channel, query, min(remaining, SALEOR_PAGE_LIMIT), cursor)
        if page_info is None or not page_info.has_next_page:
            raise Http404(_("The list is shorter than that by now."))
        cursor, remaining = page_info.end_cursor, remaining - SALEOR_PAGE_LIMIT
    return cursor


def _fetch_page_info(channel: str, query: ListQuery, first: int, after: str | None) -> PageInfoAnswer | None:
    client = clients.storefront()
    arguments = query.arguments(channel, first=first, after=after)
    if not query.material:
        products = client.product_cursors(**arguments).products
        return products.page_info if products else None
    category = client.product_cursors_by_category(category=query.material, **arguments).category
    return category.products.page_info if category and category.products else None


class CountAnswer(Protocol):
    @property
    def total_count(self) -> int | None: ...


class CardEdgeAnswer(Protocol):
    @property
    def node(self) -> fragments.ProductCard: ...


class CardsAnswer(Protocol):
    @property
    def edges(self) -> Sequence[CardEdgeAnswer]: ...


def _cards(connection: CardsAnswer | None) -> list[ProductCard]:
    return [product_card(edge.node) for edge in connection.edges] if connection else []


def _count(connection: CountAnswer | None) -> int:
    return (connection.total_count or 0) if connection else 0


def _category_counts(
    channel: str, query: ListQuery, first: ConnectionAnswer[fragments.CategoryCount] | None
) -> list[CategoryCount]:
    def fetch_after(cursor: str) -> ConnectionAnswer[fragments.CategoryCount] | None:
        return (
            clients.storefront()
            .category_counts(
                channel=channel,
                search=query.search or None,
                after=cursor,
                language=languages.current_code(),
            )
            .categories
        )

    return [
        CategoryCount(c.slug, translated_name(c), _count(c.products)) for c in all_nodes(first, fetch_after)
    ]


def _context(query: ListQuery, product_page: ProductListPage, pages: int) -> dict[str, object]:
    canonical = ListQuery(query.material, "", NAME[0], query.page).url()
    path = canonical if canonical.startswith("/") else reverse("storefront:listing") + canonical
    category = product_page.category
    return {
        "list_query": query,
        "products": product_page.products,
        "total": product_page.total,
        "pages": pages,
        "category": category,
        "description": richtext.html(category.description) if category else "",
        "facets": _facets(query, product_page),
        "sorts": [(key, label) for key, label, *_rest in _available_sorts(query.search)],
        "page_links": [(n, query.url(page=n)) for n in range(1, pages + 1)],
        "previous_url": query.url(page=query.page - 1) if query.page > 1 else "",
        "next_url": query.url(page=query.page + 1) if query.page < pages else "",
        "without_search": query.url(q="", page=1),
        "canonical": settings.PUBLIC_URL + path,
        "is_variation": bool(query.search) or query.has_custom_sort,
    }


def _facets(query: ListQuery, product_page: ProductListPage) -> list[Facet]:
    rows = [CategoryCount("", _("All"), product_page.total_without_category), *product_page.category_counts]
    return [
        Facet(row.name, row.count, query.url(material=row.slug, page=1), row.slug == query.material)
        for row in rows
    ]
