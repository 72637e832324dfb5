from typing import Any

import pytest
from graphql import parse

from store.engine.graphql.limits import TooCostly, cost_of, depth_of


def nested(levels: int) -> str:
    return "{" + "a{" * (levels - 1) + "b" + "}" * (levels - 1) + "}"


def test_the_depth_is_counted_through_fragments() -> None:
    assert depth_of(parse("{a{...F}} fragment F on T {b{c}}")) == 3


def test_a_document_deeper_than_allowed_is_refused(settings: Any) -> None:
    settings.GRAPHQL_MAX_DEPTH = 10
    assert depth_of(parse(nested(10))) == 10
    with pytest.raises(TooCostly, match="more than 10 levels"):
        depth_of(parse(nested(11)))


def test_a_circle_of_fragments_ends() -> None:
    depth_of(parse("{...A} fragment A on T {x{...B}} fragment B on T {y{...A}}"))


def test_page_sizes_are_multiplied_along_a_path() -> None:
    assert cost_of(parse("{p(first:20){v(first:50){id}}}"), {}) == 1 + 20 * 50


def test_page_sizes_given_by_variables_count() -> None:
    assert cost_of(parse("query($n:Int){p(first:$n){id}}"), {"n": 30}) == 31


def test_a_request_beyond_the_budget_is_refused() -> None:
    with pytest.raises(TooCostly, match="smaller pages"):
        cost_of(parse("{p(first:100){v(first:100){w(first:100){id}}}}"), {})
