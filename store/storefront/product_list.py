"""All products: by material, sorted, searched, page by page.

Pages have numbers although Saleor pages by cursor: page n starts after the cursor of the last product before
it, which one small call looks up. Page 1, which nearly everybody sees, needs no such call.
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
LONGEST_SEARCH = 80

NAME = ("name", "Name", ProductOrderField.NAME, OrderDirection.ASC)
BEST = ("best", "Best match", ProductOrderField.RANK, OrderDirection.DESC)
SORTS = (
    NAME,
    ("price", "Price, low to high", ProductOrderField.MINIMAL_PRICE, OrderDirection.ASC),
    ("-price", "Price, high to low", ProductOrderField.MINIMAL_PRICE, OrderDirection.DESC),
    ("-date", "Newest first", ProductOrderField.CREATED_AT, OrderDirection.DESC),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; anything it can't mean falls back to the plain list."""

    material: str
    search: str
    sort: str
    page: int

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        page = request.GET.get("page", "1")
        search = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH]
        known = {key for key, *_ in _sorts(search)}
        sort = request.GET.get("sort", "")
        return cls(
            material=request.GET.get("material", "")[:LONGEST_SEARCH],
            search=search,
            sort=sort if sort in known else _sorts(search)[0][0],
            page=int(page) if page.isdecimal() and 0 < len(page) < 6 else 0,
        )

    @property
    def order(self) -> ProductOrder:
        _, _, field, direction = next(one for one in _sorts(self.search) if one[0] == self.sort)
        return ProductOrder(field=field, direction=direction)

    @property
    def is_sorted_otherwise(self) -> bool:
        return self.sort != _sorts(self.search)[0][0]

    def arguments(self, channel: str, *, first: int, after: str | None) -> dict[str, Any]:
        """What the page and the look-up of its cursor must ask alike."""
        return {
            "channel": channel,
            "first": first,
            "after": after,
            "search": self.search or None,
            "sort_by": self.order,
        }

    def query(self, **changes: object) -> str:
        """The same list with something changed, as short as it can be written."""
        values = {"material": self.material, "q": self.search, "sort": self.sort, "page": self.page}
        values |= changes
        if not values["q"] and values["sort"] == BEST[0]:
            values["sort"] = NAME[0]
        plain = {"sort": _sorts(str(values["q"]))[0][0], "page": 1}
        kept = {k: v for k, v in values.items() if v and v != plain.get(k)}
        return "?" + urlencode(kept) if kept else "/products/"


def _sorts(search: str) -> tuple[tuple[str, str, ProductOrderField, OrderDirection], ...]:
    """The first is what a shopper gets without asking: the best match of a search, the alphabet otherwise."""
    return (BEST, *SORTS) if search else SORTS


@dataclass(frozen=True, slots=True)
class Found:
    """One page of products, and how many there are of each material for the same search."""

    connection: Any
    category: Any
    everything: int
    materials: list[tuple[str, str, int]]

    @property
    def products(self) -> list[Any]:
        return [edge.node for edge in self.connection.edges] if self.connection else []

    @property
    def total(self) -> int:
        return _count(self.connection)


@view_decorators.catalogue
def listing(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request)
    channel = channels.chosen(request)
    if asked.page < 1:
        raise Http404("There is no such page of the list.")
    after = _cursor_before(channel.slug, asked)
    found = _ask(channel.slug, asked, after)
    pages = max(1, -(-found.total // PAGE_SIZE))
    if asked.page > pages:
        raise Http404("The list is shorter than that by now.")
    return render(request, "listing.html", _context(asked, found, pages))


def _ask(channel: str, asked: Asked, after: str | None) -> Found:
    client = clients.storefront()
    wanted = asked.arguments(channel, first=PAGE_SIZE, after=after)
    if not asked.material:
        whole = client.product_list(**wanted)
        return Found(whole.products, None, _count(whole.products), _materials(whole))
    part = client.product_list_by_category(category=asked.material, **wanted)
    if part.category is None:
        raise Http404("We have no such material.")
    return Found(part.category.products, part.category, _count(part.everything), _materials(part))


def _cursor_before(channel: str, asked: Asked) -> str | None:
    """The cursor of the last product on the page before; None for page 1."""
    cursor, missing = None, (asked.page - 1) * PAGE_SIZE
    while missing > 0:
        info = _cursor_call(channel, asked, min(missing, SALEOR_PAGE_LIMIT), cursor)
        if info is None or not info.has_next_page:
            raise Http404("The list is shorter than that by now.")
        cursor, missing = info.end_cursor, missing - SALEOR_PAGE_LIMIT
    return cursor


def _cursor_call(channel: str, asked: Asked, first: int, after: str | None) -> Any | None:
    client = clients.storefront()
    wanted = asked.arguments(channel, first=first, after=after)
    if not asked.material:
        products = client.product_cursors(**wanted).products
        return products.page_info if products else None
    category = client.product_cursors_by_category(category=asked.material, **wanted).category
    return category.products.page_info if category and category.products else None


def _count(connection: Any) -> int:
    return (connection.total_count or 0) if connection else 0


def _materials(found: Any) -> list[tuple[str, str, int]]:
    categories = [edge.node for edge in found.categories.edges] if found.categories else []
    return [(c.slug, c.name, _count(c.products)) for c in categories]


def _context(asked: Asked, found: Found, pages: int) -> dict[str, Any]:
    canonical = Asked(asked.material, "", NAME[0], asked.page).query()
    path = canonical if canonical.startswith("/") else "/products/" + canonical
    return {
        "asked": asked,
        "products": found.products,
        "total": found.total,
        "pages": pages,
        "category": found.category,
        "description": richtext.html(found.category.description) if found.category else "",
        "facets": _facets(asked, found),
        "sorts": [(key, label) for key, label, *_ in _sorts(asked.search)],
        "page_links": [(n, asked.query(page=n)) for n in range(1, pages + 1)],
        "previous_url": asked.query(page=asked.page - 1) if asked.page > 1 else "",
        "next_url": asked.query(page=asked.page + 1) if asked.page < pages else "",
        "without_search": asked.query(q="", page=1),
        "canonical": settings.PUBLIC_URL + path,
        "is_variation": bool(asked.search) or asked.is_sorted_otherwise,
    }


def _facets(asked: Asked, found: Found) -> list[dict[str, Any]]:
    rows = [("", "All", found.everything), *found.materials]
    return [
        {"name": name, "count": n, "url": asked.query(material=slug, page=1), "on": slug == asked.material}
        for slug, name, n in rows
    ]
