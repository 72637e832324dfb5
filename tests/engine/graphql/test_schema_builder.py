"""The schema is built only if each field has a resolver or a stored value, and each resolver takes its arguments."""

from typing import Any

import pytest
from graphql import extend_schema, parse

from store.engine.graphql import errors, registry
from store.engine.graphql.schema import SchemaBuilder, schema
from store.engine.graphql.sdl import saleor_schema
from store.engine.stock.errors import InsufficientStock


@pytest.mark.parametrize("type_name", ["Warehouse", "Order", "SelectedAttribute", "AssignedTextAttribute"])
def test_a_field_that_nothing_answers_is_refused_by_name(type_name: str) -> None:
    schema()  # registers all resolvers
    extended = extend_schema(saleor_schema(), parse(f"extend type {type_name} {{ madeUp: String }}"))
    with pytest.raises(TypeError, match=rf"{type_name}\.madeUp has no resolver, and \w+ no 'made_up'"):
        SchemaBuilder(extended).build()


def without_input(info: Any, *, id: str) -> Any: ...
def with_more_required(info: Any, *, id: str, input: Any, reason: str) -> Any: ...
@pytest.mark.parametrize(
    ("resolve", "problem"),
    [
        (without_input, "unexpected keyword argument 'input'"),
        (with_more_required, "missing a required argument: 'reason'"),
        (
            registry.requires_permission("MANAGE_CHANNELS")(without_input),
            "unexpected keyword argument 'input'",
        ),
    ],
)
def test_a_resolver_that_the_schema_can_call_wrongly_is_refused_by_name(
    resolve: Any, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema()
    monkeypatch.setitem(registry.mutations, "channelUpdate", resolve)
    with pytest.raises(TypeError, match=rf"Mutation\.channelUpdate can't be called .*{problem}"):
        SchemaBuilder(saleor_schema()).build()


def test_a_second_translator_of_an_error_is_refused() -> None:
    schema()
    with pytest.raises(TypeError, match="InsufficientStock has a translator already"):
        errors.error_translator(InsufficientStock)(lambda error: iter(()))


@pytest.mark.parametrize("type_name", ["Image", "CountryDisplay", "TransactionAction", "OrderSettings"])
def test_a_key_that_a_plain_value_does_not_have_is_refused_by_name(type_name: str) -> None:
    schema()
    extended = extend_schema(saleor_schema(), parse(f"extend type {type_name} {{ madeUp: String }}"))
    with pytest.raises(TypeError, match=rf"{type_name}\.madeUp has no resolver, and \w+ no 'made_up'"):
        SchemaBuilder(extended).build()


def test_a_type_whose_values_nobody_declared_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    schema()
    monkeypatch.delitem(registry.SaleorType.other_classes, "Weight")
    with pytest.raises(TypeError, match=r"Weight\.unit has no resolver, .* declare_values"):
        SchemaBuilder(saleor_schema()).build()


def test_an_attribute_that_is_read_under_a_permission_is_checked_too() -> None:
    schema()
    extended = extend_schema(saleor_schema(), parse("extend type Shop { madeUp: String }"))
    registry.restrict_fields("MANAGE_SETTINGS", fields=("made_up",))(registry.SaleorType.registry["Shop"])
    try:
        with pytest.raises(TypeError, match=r"Shop\.madeUp has no resolver, and ShopSettings no 'made_up'"):
            SchemaBuilder(extended).build()
    finally:
        del registry.SaleorType.registry["Shop"].made_up  # type: ignore[attr-defined]
