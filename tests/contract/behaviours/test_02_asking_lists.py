"""2. Lists: `filter` or `where`, rank only with a search, a page named by first or last and of at most 100."""

import time
from typing import Any

from tests.contract.fixture_data import World

LIST = "query($c:String!,$first:Int,$last:Int,$s:String,$filter:ProductFilterInput,$where:ProductWhereInput,$sort:ProductOrder){products(channel:$c,first:$first,last:$last,search:$s,filter:$filter,where:$where,sortBy:$sort){totalCount edges{node{id}}}}"  # fmt: skip


def problem(world: World, **given: object) -> str:
    answer = world.api.post(LIST, {"c": world.channel, **given})
    assert answer.status == 200
    assert answer.codes == ["GraphQLError"]
    message: str = answer.body["errors"][0]["message"]
    return message


def test_filter_and_where_together_are_refused(world: World) -> None:
    assert "where" in problem(world, first=1, filter={"isAvailable": True}, where={"isAvailable": True})


def test_rank_is_for_searches_only(world: World) -> None:
    assert "search" in problem(world, first=1, sort={"field": "RANK", "direction": "DESC"}).lower()


def searched(world: World, **given: Any) -> dict[str, Any]:
    """Saleor writes its search index in a worker, a minute later at most; ours is there with the product."""
    for _ in range(1 if world.api.is_ours else 90):
        found: dict[str, Any] = world.api.ask(LIST, {"c": world.channel, "first": 5, **given})["products"]
        if found["totalCount"]:
            break
        time.sleep(1)
    return found


def test_a_search_finds_the_same_by_argument_and_by_filter(world: World) -> None:
    words = f"glass {world.mark}"
    new, old = searched(world, s=words), searched(world, filter={"search": words})
    assert new == old == {"totalCount": 1, "edges": [{"node": {"id": world.ids["product"]}}]}


def test_a_search_may_be_sorted_by_rank(world: World) -> None:
    found = searched(world, s=f"glass {world.mark}", sort={"field": "RANK", "direction": "DESC"})
    assert found["totalCount"] == 1


def test_a_page_needs_first_or_last(world: World) -> None:
    assert "first" in problem(world)


def test_a_page_is_not_named_from_both_ends(world: World) -> None:
    assert "first" in problem(world, first=1, last=1)


def test_a_page_of_more_than_100_is_refused(world: World) -> None:
    assert "100" in problem(world, first=101)


def test_a_page_of_none_is_refused(world: World) -> None:
    """Saleor looks at the page only when rows are wanted and still tells the count; ours refuses either way."""
    assert "first" in problem(world, first=0)


def test_the_cost_of_a_question_is_told_and_bounded(world: World) -> None:
    cost = world.api.post(LIST, {"c": world.channel, "first": 10}).body["extensions"]["cost"]
    assert cost["maximumAvailable"] == 50000
    assert cost["requestedQueryCost"] > 0


def test_a_question_that_costs_too_much_is_refused(world: World) -> None:
    many = "products(first:100){edges{node{collections{products(first:100){edges{node{id}}}}}}}"
    part = f"products(channel:$c,first:100){{edges{{node{{collections{{{many}}}}}}}}}"
    answer = world.api.post(f"query($c:String!){{{part}}}", {"c": world.channel})
    assert answer.status == 400
    assert "cost" in answer.body["errors"][0]["message"].lower()
