from typing import Any

import pytest

from store.engine.errors import OperationError
from store.engine.graphql.connections import Connection, PagingArguments, bound_edges, connect

ROWS = list("abcde")


def nodes(page: Connection) -> str:
    return "".join(edge.node for edge in page.edges)


def test_first_and_after_walk_forward() -> None:
    page = connect(ROWS, first=2)
    assert (nodes(page), page.page_info.has_next_page, page.page_info.has_previous_page) == (
        "ab",
        True,
        False,
    )
    page = connect(ROWS, first=2, after=page.page_info.end_cursor)
    assert (nodes(page), page.page_info.has_previous_page) == ("cd", True)
    page = connect(ROWS, first=2, after=page.page_info.end_cursor)
    assert (nodes(page), page.page_info.has_next_page) == ("e", False)


def test_last_and_before_walk_back() -> None:
    page = connect(ROWS, last=2)
    assert nodes(page) == "de"
    page = connect(ROWS, last=2, before=page.page_info.start_cursor)
    assert (nodes(page), page.page_info.has_previous_page, page.page_info.has_next_page) == ("bc", True, True)


def test_the_total_is_counted_over_all_pages() -> None:
    assert connect(ROWS, first=1).total_count == 5


@pytest.mark.parametrize("paging", [{}, {"first": None}, {"first": 0}])
def test_without_a_size_there_is_the_total_and_no_page(paging: dict[str, Any]) -> None:
    """Saleor's Dashboard counts so: `children { totalCount }`."""
    counted = connect(ROWS, **paging)
    assert counted.total_count == 5
    with pytest.raises(OperationError, match="`first` or `last`"):
        bound_edges(counted, None)


@pytest.mark.parametrize("paging", [{}, {"first": 1, "last": 1}, {"first": 101}, {"first": -1}])
def test_a_page_needs_one_end_and_a_sane_size(paging: dict[str, int]) -> None:
    with pytest.raises(OperationError):
        PagingArguments.of(**paging)


@pytest.mark.parametrize("cursor", ["x", "bm9wZQ==", "WyJhIl0="])
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(OperationError, match="cursor"):
        connect(ROWS, first=1, after=cursor)
