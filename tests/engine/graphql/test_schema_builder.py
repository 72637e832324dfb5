"""The schema is built only if each field has a resolver or a stored value."""

import pytest
from graphql import extend_schema, parse

from store.engine.graphql import errors
from store.engine.graphql.schema import SchemaBuilder, schema
from store.engine.graphql.sdl import saleor_schema
from store.engine.stock.errors import InsufficientStock


@pytest.mark.parametrize("type_name", ["Warehouse", "Order", "SelectedAttribute", "AssignedTextAttribute"])
def test_a_field_that_nothing_answers_is_refused_by_name(type_name: str) -> None:
    schema()  # registers all resolvers
    extended = extend_schema(saleor_schema(), parse(f"extend type {type_name} {{ madeUp: String }}"))
    with pytest.raises(TypeError, match=rf"{type_name}\.madeUp has no resolver, and \w+ no 'made_up'"):
        SchemaBuilder(extended).build()


def test_a_second_translator_of_an_error_is_refused() -> None:
    schema()
    with pytest.raises(TypeError, match="InsufficientStock has a translator already"):
        errors.error_translator(InsufficientStock)(lambda error: iter(()))
