"""The address of a product list: what was searched for and chosen, the order, the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.storefront.catalog_index import KEYS, MATERIAL
from store.storefront.request_values import single_line, whole_number

MAX_SEARCH_LENGTH = 80
MAX_SLUG_LENGTH = 255  # as Saleor stores slugs
MAX_VALUES = 50  # of one facet
MAX_PAGE = 99_999

BEST_MATCH, FIRST_TIME, PRICE, PRICE_DOWN, NEWEST, NAME = "best", "first", "price", "-price", "-date", "name"
SORTS: Mapping[str, Promise] = {
    FIRST_TIME: _("Best for a first time"),
    PRICE: _("Price, low to high"),
    PRICE_DOWN: _("Price, high to low"),
    NEWEST: _("Newest first"),
    NAME: _("Name"),
}
SEARCH_SORTS: Mapping[str, Promise] = {BEST_MATCH: _("Best match"), **SORTS}


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The query string, parsed; invalid values become the defaults. `page` is 0 when it is not a number from 1."""

    search: str = ""
    selection: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = FIRST_TIME
    page: int = 1

    @classmethod
    def from_request(cls, request: HttpRequest) -> "ListQuery":
        search = single_line(request.GET.get("q", ""), max_length=MAX_SEARCH_LENGTH)
        sorts, sort = _sorts(search), request.GET.get("sort", "")
        return cls(
            search=search,
            selection={key: slugs for key in KEYS if (slugs := _slugs(request, key))},
            sort=sort if sort in sorts else next(iter(sorts)),
            page=whole_number(request.GET.get("page", "1"), minimum=1, maximum=MAX_PAGE) or 0,
        )

    @property
    def sorts(self) -> Mapping[str, Promise]:
        """The orders that can be chosen; the first is the default."""
        return _sorts(self.search)

    @property
    def material(self) -> str:
        """The category that the page is about, if it is about a single one."""
        chosen = self.selection.get(MATERIAL, ())
        return chosen[0] if len(chosen) == 1 else ""

    @property
    def is_variation(self) -> bool:
        """Whether the page shows what a category, or all products, show already, in another choice or order."""
        return replace(self, page=1) != self.canonical().at_page(1)

    @property
    def url(self) -> str:
        """Relative to the list; without what is a default anyway."""
        pairs = [("q", self.search)] if self.search else []
        pairs += [(key, slug) for key in KEYS for slug in self.selection.get(key, ())]
        if self.sort != next(iter(self.sorts)):
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        address = reverse("storefront:listing")
        return f"{address}?{urlencode(pairs)}" if pairs else address

    def at_page(self, page: int) -> "ListQuery":
        return replace(self, page=page)

    def without_search(self) -> "ListQuery":
        sort = FIRST_TIME if self.sort == BEST_MATCH else self.sort
        return replace(self, search="", sort=sort, page=1)

    def without_selection(self) -> "ListQuery":
        return replace(self, selection={}, page=1)

    def toggled(self, key: str, slug: str) -> "ListQuery":
        """With this value chosen if it is not, and without it if it is."""
        chosen = self.selection.get(key, ())
        slugs = tuple(one for one in chosen if one != slug) if slug in chosen else (*chosen, slug)
        rest = {other: own for other, own in self.selection.items() if other != key}
        return replace(self, selection=rest | ({key: slugs} if slugs else {}), page=1)

    def canonical(self) -> "ListQuery":
        selection = {MATERIAL: (self.material,)} if self.material else {}
        return ListQuery(selection=selection, page=self.page)


def _sorts(search: str) -> Mapping[str, Promise]:
    return SEARCH_SORTS if search else SORTS


def _slugs(request: HttpRequest, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, _cleaned(request, key))))


def _cleaned(request: HttpRequest, key: str) -> Iterator[str]:
    for value in request.GET.getlist(key)[:MAX_VALUES]:
        yield single_line(value, max_length=MAX_SLUG_LENGTH)
