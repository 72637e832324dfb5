"""Every name that we serve or ask exists in Saleor 3.23 with the same type and nullability."""

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
from store.engine.graphql.schema import SLICE, schema

ROOM = Path(SLICE).parent
SALEOR = ROOM.parent.parent.parent / "shared" / "saleor" / "schema-3.23.graphql"
CONTRACT = sorted((ROOM / "contract").glob("*.graphql"))


@pytest.fixture(scope="module")
def slice_() -> GraphQLSchema:
    return build_schema(SLICE.read_text(), assume_valid=True)


@pytest.fixture(scope="module")
def saleor() -> GraphQLSchema:
    if not SALEOR.exists():
        pytest.skip("LEFT OUT, Saleor's own schema is not here: the slice in the repository stands in for it")
    return build_schema(SALEOR.read_text(), assume_valid=True)


def test_what_we_serve_is_in_the_slice_with_the_same_types(slice_: GraphQLSchema) -> None:
    assert differences(schema(), slice_) == []


def test_the_slice_is_in_saleors_schema_with_the_same_types(
    slice_: GraphQLSchema, saleor: GraphQLSchema
) -> None:
    assert differences(slice_, saleor) == []


def test_our_own_documents_fit_the_slice_and_saleor(slice_: GraphQLSchema) -> None:
    documents = parse("\n".join(f.read_text() for f in sorted((ROOM / "documents").rglob("*.graphql"))))
    assert [error.message for error in validate(slice_, documents)] == []
    if SALEOR.exists():
        whole = build_schema(SALEOR.read_text(), assume_valid=True)
        assert [error.message for error in validate(whole, documents)] == []


def test_our_own_documents_are_served() -> None:
    documents = parse("\n".join(f.read_text() for f in sorted((ROOM / "documents").rglob("*.graphql"))))
    assert [error.message for error in validate(schema(), documents)] == []


@pytest.mark.parametrize("file", CONTRACT, ids=lambda file: file.stem)
def test_the_contract_documents_are_served(file: Path) -> None:
    errors = validate(schema(), parse(file.read_text()), max_errors=1000)
    assert [e.message for e in errors if "never used" not in e.message] == []


def test_every_field_served_has_an_answer() -> None:
    """A field without a resolver must be an attribute of the model behind its type: never a silent null."""
    assert silent_fields(schema()) == []


def silent_fields(served: GraphQLSchema) -> list[str]:
    silent = []
    for model, type_name in registry.SaleorType.type_by_class.items():
        one = served.type_map.get(type_name)
        for name, field in one.fields.items() if isinstance(one, GraphQLObjectType) else ():
            default = getattr(field.resolve, "is_default", False)
            if default and not answers(model, to_snake(name)):
                silent.append(f"{type_name}.{name} of {model.__name__}")
    return silent


def answers(model: type, attribute: str) -> bool:
    if hasattr(model, "_meta") and attribute in {field.name for field in model._meta.get_fields()}:
        return True
    return hasattr(model, attribute) or any(declares(one, attribute) for one in model.__mro__)


def declares(one: type, attribute: str) -> bool:
    """By annotation (dataclasses) or by an assignment in `__init__`."""
    code = getattr(vars(one).get("__init__"), "__code__", None)
    return attribute in vars(one).get("__annotations__", {}) or (
        code is not None and attribute in code.co_names
    )


def differences(ours: GraphQLSchema, theirs: GraphQLSchema) -> list[str]:
    found: list[str] = []
    for name, one in ours.type_map.items():
        if name.startswith("__"):
            continue
        other = theirs.type_map.get(name)
        if other is None:
            found.append(f"{name}: no such type")
        elif type(other).__mro__[0] is not type(one) and not isinstance(one, type(other)):
            found.append(f"{name}: another kind of type")
        else:
            found += members(one, other)
    return found


def members(one: GraphQLNamedType, other: GraphQLNamedType) -> list[str]:
    if isinstance(one, GraphQLEnumType) and isinstance(other, GraphQLEnumType):
        return [f"{one.name}.{value}" for value in one.values if value not in other.values]
    if isinstance(one, GraphQLUnionType) and isinstance(other, GraphQLUnionType):
        known = {member.name for member in other.types}
        return [f"{one.name} | {member.name}" for member in one.types if member.name not in known]
    if isinstance(one, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        return [
            problem
            for name, field in one.fields.items()
            for problem in compared(f"{one.name}.{name}", field, other.fields.get(name))  # type: ignore[attr-defined]
        ]
    return []


def compared(path: str, field: object, other: object) -> list[str]:
    if other is None:
        return [f"{path}: no such field"]
    found = []
    if str(field.type) != str(other.type):  # type: ignore[attr-defined]
        found.append(f"{path}: {field.type} is {other.type}")  # type: ignore[attr-defined]
    for name, argument in getattr(field, "args", {}).items():
        theirs = other.args.get(name)  # type: ignore[attr-defined]
        if theirs is None:
            found.append(f"{path}({name}:): no such argument")
        elif str(argument.type) != str(theirs.type):
            found.append(f"{path}({name}:): {argument.type} is {theirs.type}")
    missing = {
        n
        for n, a in getattr(other, "args", {}).items()
        if str(a.type).endswith("!") and a.default_value is Undefined
    }
    return found + [
        f"{path}({name}:): required, not served" for name in missing - set(getattr(field, "args", {}))
    ]
