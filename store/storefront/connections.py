"""Reading a whole Relay connection: the first page of an answer, then the pages after it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

N_co = TypeVar("N_co", covariant=True)
N = TypeVar("N")


class PageInfoAnswer(Protocol):
    @property
    def has_next_page(self) -> bool: ...
    @property
    def end_cursor(self) -> str | None: ...


class EdgeAnswer(Protocol[N_co]):
    @property
    def node(self) -> N_co: ...


class ConnectionAnswer(Protocol[N_co]):
    @property
    def page_info(self) -> PageInfoAnswer: ...
    @property
    def edges(self) -> Sequence[EdgeAnswer[N_co]]: ...


def all_nodes(
    first: ConnectionAnswer[N] | None, fetch_after: Callable[[str], ConnectionAnswer[N] | None]
) -> Iterator[N]:
    """The nodes of all pages. `fetch_after(cursor)` is called only when there is a next page; None ends the list."""
    page = first
    while page is not None:
        for edge in page.edges:
            yield edge.node
        cursor = page.page_info.end_cursor if page.page_info.has_next_page else None
        page = fetch_after(cursor) if cursor else None
