"""Lists: `filter` or `where`, rank only with a search, pages by `first` or `last` of at most 100 rows, query cost."""

import time
from typing import Any

import pytest

from tests.contract.fixture_data import ShopSetup

LIST = "query($c:String!,$first:Int,$last:Int,$s:String,$filter:ProductFilterInput,$where:ProductWhereInput,$sort:ProductOrder){products(channel:$c,first:$first,last:$last,search:$s,filter:$filter,where:$where,sortBy:$sort){totalCount edges{node{id}}}}"  # fmt: skip


def error_message(shop: ShopSetup, **given: object) -> str:
    response = shop.api.post(LIST, {"c": shop.channel, **given})
    assert response.status == 200
    assert response.codes == ["GraphQLError"]
    message: str = response.body["errors"][0]["message"]
    return message


def test_filter_and_where_together_are_refused(shop: ShopSetup) -> None:
    assert "where" in error_message(shop, first=1, filter={"isAvailable": True}, where={"isAvailable": True})


def test_sorting_by_rank_needs_a_search(shop: ShopSetup) -> None:
    assert "search" in error_message(shop, first=1, sort={"field": "RANK", "direction": "DESC"}).lower()


@pytest.fixture(scope="module")
def searchable(shop: ShopSetup) -> str:
    """The id of a product that the search for "searchable" finds; other tests create products of the same material."""
    product, _, _ = shop.create_product("searchable", price="5.00", stock=1)
    return product


def search_until_indexed(shop: ShopSetup, **given: Any) -> dict[str, Any]:
    """Repeat the search until it finds something: Saleor's worker writes the index up to a minute later, ours is immediate."""
    for _ in range(1 if shop.api.is_embedded else 90):
        found: dict[str, Any] = shop.api.execute(LIST, {"c": shop.channel, "first": 5, **given})["products"]
        if found["totalCount"]:
            break
        time.sleep(1)
    return found


def test_a_search_finds_the_same_by_argument_and_by_filter(shop: ShopSetup, searchable: str) -> None:
    search_text = f"searchable {shop.suffix}"
    by_argument, by_filter = (
        search_until_indexed(shop, s=search_text),
        search_until_indexed(shop, filter={"search": search_text}),
    )
    assert by_argument == by_filter == {"totalCount": 1, "edges": [{"node": {"id": searchable}}]}


def test_a_search_may_be_sorted_by_rank(shop: ShopSetup, searchable: str) -> None:
    found = search_until_indexed(
        shop, s=f"searchable {shop.suffix}", sort={"field": "RANK", "direction": "DESC"}
    )
    assert found == {"totalCount": 1, "edges": [{"node": {"id": searchable}}]}


def test_a_page_needs_first_or_last(shop: ShopSetup) -> None:
    assert "first" in error_message(shop)


def test_first_and_last_together_are_refused(shop: ShopSetup) -> None:
    assert "first" in error_message(shop, first=1, last=1)


def test_a_page_of_more_than_100_is_refused(shop: ShopSetup) -> None:
    assert "100" in error_message(shop, first=101)


def test_a_page_of_zero_rows_is_refused(shop: ShopSetup) -> None:
    """Saleor validates the page only when rows are selected and still returns the count; the engine refuses either way."""
    assert "first" in error_message(shop, first=0)


def test_the_query_cost_is_returned_and_bounded(shop: ShopSetup) -> None:
    cost = shop.api.post(LIST, {"c": shop.channel, "first": 10}).body["extensions"]["cost"]
    assert cost["maximumAvailable"] == 50000
    assert cost["requestedQueryCost"] > 0


def test_a_query_above_the_cost_limit_is_refused(shop: ShopSetup) -> None:
    inner = "products(first:100){edges{node{collections{products(first:100){edges{node{id}}}}}}}"
    outer = f"products(channel:$c,first:100){{edges{{node{{collections{{{inner}}}}}}}}}"
    response = shop.api.post(f"query($c:String!){{{outer}}}", {"c": shop.channel})
    assert response.status == 400
    assert "cost" in response.body["errors"][0]["message"].lower()
