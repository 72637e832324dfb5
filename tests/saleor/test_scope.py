"""What of Saleor's schema is served: everything but the listed features, each with its reason."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest
from graphql import GraphQLSchema, build_schema

from store.saleor.schema_slice import slice_schema
from store.saleor.scope import SCOPE_PATH, Feature, Scope, read_scope

SALEOR = build_schema(SCOPE_PATH.with_name("schema-3.23.graphql").read_text(), assume_valid=True)


def coordinates(schema: GraphQLSchema) -> Iterator[str]:
    for name, type_ in schema.type_map.items():
        members = getattr(type_, "fields", None) or getattr(type_, "values", None) or {}
        for member, field in members.items():
            yield f"{name}.{member}"
            yield from (f"{name}.{member}({argument})" for argument in getattr(field, "args", None) or {})


MEMBERS = set(coordinates(SALEOR))


@pytest.mark.parametrize("feature", read_scope().features, ids=lambda feature: feature.name)
def test_every_pattern_names_something_of_saleor(feature: Feature) -> None:
    unused = [
        name for name in feature.types if not any(fnmatchcase(type_, name) for type_ in SALEOR.type_map)
    ]
    unused += [
        name
        for name in (*feature.refused, *feature.empty, *feature.fixed)
        if not any(fnmatchcase(member, name) for member in MEMBERS)
    ]
    assert unused == []


def test_what_is_out_of_scope_is_cut_with_all_that_refers_to_it() -> None:
    schema = build_schema(
        "type Query { cup(lid: Lid, size: Int): Cup  lid: Cup } type Cup { name: String box: Box }"
        "input Lid { name: String } type Box { name: String }"
    )
    scope = Scope(
        [Feature("Boxes", "none are sold", types=("Box",), refused=("Query.cup(lid)", "Query.lid"))]
    )
    cut = build_schema(slice_schema(schema, scope))
    assert set(coordinates(cut)) >= {"Query.cup", "Query.cup(size)", "Cup.name"}
    assert not set(coordinates(cut)) & {"Query.lid", "Query.cup(lid)", "Cup.box", "Box.name"}


def test_a_required_argument_cant_be_out_of_scope() -> None:
    schema = build_schema("type Query { cup(size: Int!): String }")
    with pytest.raises(ValueError, match=r"Query\.cup\(size\) is out of scope, but has to be given"):
        slice_schema(schema, Scope([Feature("Sizes", "one size", refused=("Query.cup(size)",))]))


def test_a_feature_needs_a_reason(tmp_path: object) -> None:
    path = SCOPE_PATH.__class__(str(tmp_path)) / "scope.toml"
    path.write_text('[[feature]]\nname = "Plugins"\n')
    with pytest.raises(ValueError, match="'Plugins' has no reason"):
        read_scope(path)
