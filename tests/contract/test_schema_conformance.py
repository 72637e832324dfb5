"""Every name that the engine serves or the store uses exists in Saleor 3.23 with the same type and nullability."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    build_schema,
    parse,
    validate,
)

from store.engine.graphql import registry
from store.engine.graphql.naming import to_snake
from store.engine.graphql.schema import schema
from store.engine.graphql.sdl import SDL_PATH
from store.saleor import schema_slice
from store.saleor.scope import read_scope

SALEOR_PACKAGE = Path(SDL_PATH).parent
SALEOR_SCHEMA = SALEOR_PACKAGE / "schema-3.23.graphql"
CONTRACT = sorted((SALEOR_PACKAGE / "contract").glob("*.graphql"))


@pytest.fixture(scope="module")
def slice_() -> GraphQLSchema:
    return build_schema(SDL_PATH.read_text(), assume_valid=True)


@pytest.fixture(scope="module")
def saleor() -> GraphQLSchema:
    return build_schema(SALEOR_SCHEMA.read_text(), assume_valid=True)


def test_the_served_schema_is_in_the_slice_with_the_same_types(slice_: GraphQLSchema) -> None:
    assert differences(schema(), slice_) == []


def test_the_slice_is_what_make_codegen_cuts(saleor: GraphQLSchema) -> None:
    assert schema_slice.slice_schema(saleor, read_scope()) == SDL_PATH.read_text(), "run `make codegen`"


def test_the_slice_is_in_saleors_schema_with_the_same_types(
    slice_: GraphQLSchema, saleor: GraphQLSchema
) -> None:
    assert differences(slice_, saleor) == []


def test_our_own_documents_fit_the_slice_and_saleor(slice_: GraphQLSchema, saleor: GraphQLSchema) -> None:
    documents = parse(
        "\n".join(f.read_text() for f in sorted((SALEOR_PACKAGE / "documents").rglob("*.graphql")))
    )
    assert [error.message for error in validate(slice_, documents)] == []
    assert [error.message for error in validate(saleor, documents)] == []


def test_our_own_documents_are_served() -> None:
    documents = parse(
        "\n".join(f.read_text() for f in sorted((SALEOR_PACKAGE / "documents").rglob("*.graphql")))
    )
    assert [error.message for error in validate(schema(), documents)] == []


@pytest.mark.parametrize("file", CONTRACT, ids=lambda file: file.stem)
def test_the_contract_documents_are_served(file: Path) -> None:
    errors = validate(schema(), parse(file.read_text()), max_errors=1000)
    assert [e.message for e in errors if "never used" not in e.message] == []


def test_every_served_field_has_a_resolver_or_attribute() -> None:
    """A field without a resolver must be an attribute of the model behind its type, or it would fail when selected."""
    assert unresolved_fields(schema()) == []


def unresolved_fields(served: GraphQLSchema) -> list[str]:
    unresolved = []
    for model, type_name in registry.SaleorType.type_by_class.items():
        type_ = served.type_map.get(type_name)
        for name, field in type_.fields.items() if isinstance(type_, GraphQLObjectType) else ():
            default = getattr(field.resolve, "is_default", False)
            if default and not has_attribute(model, to_snake(name)):
                unresolved.append(f"{type_name}.{name} of {model.__name__}")
    return unresolved


def has_attribute(model: type, attribute: str) -> bool:
    if hasattr(model, "_meta") and attribute in {field.name for field in model._meta.get_fields()}:
        return True
    return hasattr(model, attribute) or any(declares_attribute(type_, attribute) for type_ in model.__mro__)


def declares_attribute(type_: type, attribute: str) -> bool:
    """Whether the class declares it by annotation (dataclasses) or uses it in `__init__`."""
    code = getattr(vars(type_).get("__init__"), "__code__", None)
    return attribute in vars(type_).get("__annotations__", {}) or (
        code is not None and attribute in code.co_names
    )


def differences(ours: GraphQLSchema, theirs: GraphQLSchema) -> list[str]:
    found: list[str] = []
    for name, type_ in ours.type_map.items():
        if name.startswith("__"):
            continue
        other = theirs.type_map.get(name)
        if other is None:
            found.append(f"{name}: no such type")
        elif type(other).__mro__[0] is not type(type_) and not isinstance(type_, type(other)):
            found.append(f"{name}: another kind of type")
        else:
            found += member_differences(type_, other)
    return found


def member_differences(type_: GraphQLNamedType, other: GraphQLNamedType) -> list[str]:
    if isinstance(type_, GraphQLEnumType) and isinstance(other, GraphQLEnumType):
        return [f"{type_.name}.{value}" for value in type_.values if value not in other.values]
    if isinstance(type_, GraphQLUnionType) and isinstance(other, GraphQLUnionType):
        known = {member.name for member in other.types}
        return [f"{type_.name} | {member.name}" for member in type_.types if member.name not in known]
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        return [
            problem
            for name, field in type_.fields.items()
            for problem in field_differences(f"{type_.name}.{name}", field, other.fields.get(name))  # type: ignore[attr-defined]
        ]
    return []


def field_differences(path: str, field: object, other: object) -> list[str]:
    if other is None:
        return [f"{path}: no such field"]
    found = []
    if str(field.type) != str(other.type):  # type: ignore[attr-defined]
        found.append(f"{path}: {field.type} is {other.type}")  # type: ignore[attr-defined]
    for name, argument in getattr(field, "args", {}).items():
        other_argument = other.args.get(name)  # type: ignore[attr-defined]
        if other_argument is None:
            found.append(f"{path}({name}:): no such argument")
        elif str(argument.type) != str(other_argument.type):
            found.append(f"{path}({name}:): {argument.type} is {other_argument.type}")
    required_arguments = {
        name_
        for name_, argument in getattr(other, "args", {}).items()
        if str(argument.type).endswith("!") and argument.default_value is Undefined
    }
    return found + [
        f"{path}({name}:): required, not served"
        for name in required_arguments - set(getattr(field, "args", {}))
    ]
