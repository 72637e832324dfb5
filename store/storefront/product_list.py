"""The product list: by category, sorted, searched, in numbered pages.

Saleor pages by cursor, so page n starts after the cursor of the last product before it, which one small query
looks up. Page 1, the one most visitors see, needs no such query.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from store.saleor import clients
from store.saleor.client.enums import OrderDirection, ProductOrderField
from store.saleor.client.input_types import ProductOrder
from store.storefront import channels, richtext, view_decorators
from store.storefront.page_context import render

PAGE_SIZE = 12
SALEOR_PAGE_LIMIT = 100
MAX_SEARCH_LENGTH = 80

NAME = ("name", "Name", ProductOrderField.NAME, OrderDirection.ASC)
BEST_MATCH = ("best", "Best match", ProductOrderField.RANK, OrderDirection.DESC)
SORTS = (
    NAME,
    ("price", "Price, low to high", ProductOrderField.MINIMAL_PRICE, OrderDirection.ASC),
    ("-price", "Price, high to low", ProductOrderField.MINIMAL_PRICE, OrderDirection.DESC),
    ("-date", "Newest first", ProductOrderField.CREATED_AT, OrderDirection.DESC),
)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The query string, parsed; invalid values become the defaults. `page` is 0 when it is not a number from 1."""

    material: str
    search: str
    sort: str
    page: int

    @classmethod
    def from_request(cls, request: HttpRequest) -> "ListQuery":
        page = request.GET.get("page", "1")
        search = " ".join(request.GET.get("q", "").replace("\0", "").split())[:MAX_SEARCH_LENGTH]
        known = {key for key, *_ in _available_sorts(search)}
        sort = request.GET.get("sort", "")
        return cls(
            material=request.GET.get("material", "")[:MAX_SEARCH_LENGTH],
            search=search,
            sort=sort if sort in known else _available_sorts(search)[0][0],
            page=int(page) if page.isdecimal() and 0 < len(page) < 6 else 0,
        )

    @property
    def order(self) -> ProductOrder:
        _, _, field, direction = next(
            sort_option for sort_option in _available_sorts(self.search) if sort_option[0] == self.sort
        )
        return ProductOrder(field=field, direction=direction)

    @property
    def has_custom_sort(self) -> bool:
        return self.sort != _available_sorts(self.search)[0][0]

    def arguments(self, channel: str, *, first: int, after: str | None) -> dict[str, Any]:
        """The GraphQL variables that the list and the query for its cursor share."""
        return {
            "channel": channel,
            "first": first,
            "after": after,
            "search": self.search or None,
            "sort_by": self.order,
        }

    def url(self, **changes: object) -> str:
        """URL of this list with the given parameters changed; defaults are left out."""
        values = {"material": self.material, "q": self.search, "sort": self.sort, "page": self.page}
        values |= changes
        if not values["q"] and values["sort"] == BEST_MATCH[0]:
            values["sort"] = NAME[0]
        defaults = {"sort": _available_sorts(str(values["q"]))[0][0], "page": 1}
        parameters = {k: v for k, v in values.items() if v and v != defaults.get(k)}
        return "?" + urlencode(parameters) if parameters else "/products/"


def _available_sorts(search: str) -> tuple[tuple[str, str, ProductOrderField, OrderDirection], ...]:
    """The sort options; the first is the default: best match for a search, by name otherwise."""
    return (BEST_MATCH, *SORTS) if search else SORTS


@dataclass(frozen=True, slots=True)
class ProductListPage:
    """One page of products, and (slug, name, number of products) of each category for the same search."""

    connection: Any
    category: Any
    total_without_category: int
    category_counts: list[tuple[str, str, int]]

    @property
    def products(self) -> list[Any]:
        return [edge.node for edge in self.connection.edges] if self.connection else []

    @property
    def total(self) -> int:
        return _count(self.connection)


@view_decorators.public
def listing(request: HttpRequest) -> HttpResponse:
    query = ListQuery.from_request(request)
    channel = channels.current_channel(request)
    if query.page < 1:
        raise Http404("There is no such page of the list.")
    after = _cursor_before(channel.slug, query)
    product_page = _fetch_products(channel.slug, query, after)
    pages = max(1, -(-product_page.total // PAGE_SIZE))
    if query.page > pages:
        raise Http404("The list is shorter than that by now.")
    return render(request, "listing.html", _context(query, product_page, pages))


def _fetch_products(channel: str, query: ListQuery, after: str | None) -> ProductListPage:
    client = clients.storefront()
    arguments = query.arguments(channel, first=PAGE_SIZE, after=after)
    if not query.material:
        data = client.product_list(**arguments)
        return ProductListPage(data.products, None, _count(data.products), _category_counts(data))
    by_category = client.product_list_by_category(category=query.material, **arguments)
    if by_category.category is None:
        raise Http404("We have no such material.")
    return ProductListPage(
        by_category.category.products,
        by_category.category,
        _count(by_category.everything),
        _category_counts(by_category),
    )


def _cursor_before(channel: str, query: ListQuery) -> str | None:
    """The cursor of the last product on the page before; None for page 1."""
    cursor, remaining = None, (query.page - 1) * PAGE_SIZE
    while remaining > 0:
        page_info = _fetch_page_info(channel, query, min(remaining, SALEOR_PAGE_LIMIT), cursor)
        if page_info is None or not page_info.has_next_page:
            raise Http404("The list is shorter than that by now.")
        cursor, remaining = page_info.end_cursor, remaining - SALEOR_PAGE_LIMIT
    return cursor


def _fetch_page_info(channel: str, query: ListQuery, first: int, after: str | None) -> Any | None:
    client = clients.storefront()
    arguments = query.arguments(channel, first=first, after=after)
    if not query.material:
        products = client.product_cursors(**arguments).products
        return products.page_info if products else None
    category = client.product_cursors_by_category(category=query.material, **arguments).category
    return category.products.page_info if category and category.products else None


def _count(connection: Any) -> int:
    return (connection.total_count or 0) if connection else 0


def _category_counts(data: Any) -> list[tuple[str, str, int]]:
    categories = [edge.node for edge in data.categories.edges] if data.categories else []
    return [(c.slug, c.name, _count(c.products)) for c in categories]


def _context(query: ListQuery, product_page: ProductListPage, pages: int) -> dict[str, Any]:
    canonical = ListQuery(query.material, "", NAME[0], query.page).url()
    path = canonical if canonical.startswith("/") else "/products/" + canonical
    return {
        "list_query": query,
        "products": product_page.products,
        "total": product_page.total,
        "pages": pages,
        "category": product_page.category,
        "description": richtext.html(product_page.category.description) if product_page.category else "",
        "facets": _facets(query, product_page),
        "sorts": [(key, label) for key, label, *_ in _available_sorts(query.search)],
        "page_links": [(n, query.url(page=n)) for n in range(1, pages + 1)],
        "previous_url": query.url(page=query.page - 1) if query.page > 1 else "",
        "next_url": query.url(page=query.page + 1) if query.page < pages else "",
        "without_search": query.url(q="", page=1),
        "canonical": settings.PUBLIC_URL + path,
        "is_variation": bool(query.search) or query.has_custom_sort,
    }


def _facets(query: ListQuery, product_page: ProductListPage) -> list[dict[str, Any]]:
    rows = [("", "All", product_page.total_without_category), *product_page.category_counts]
    return [
        {
            "name": name,
            "count": n,
            "url": query.url(material=slug, page=1),
            "is_current": slug == query.material,
        }
        for slug, name, n in rows
    ]
