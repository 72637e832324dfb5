"""What the move asks and writes is what the schemas of both shops know."""

import importlib
import pkgutil

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

import store.move
from store.move.shop_api import FOLDER, SHARED, Mutation, read_document
from store.settings import BASE_DIR

NEW_ONLY = ("OrderBulkCreate",)
DOCUMENTS = sorted(file.stem for file in FOLDER.glob("*.graphql") if file.stem != SHARED)


def mutations() -> list[Mutation]:
    modules = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(store.move.__path__, "store.move.")
        if ".management" not in one.name
    ]
    found = [value for module in modules for value in vars(module).values()]
    kinds = [value for value in found if type(value).__name__ == "Kind"]
    inside = [one for kind in kinds for one in (kind.create, kind.update, kind.translate)]
    tables = [one for value in found if isinstance(value, dict) for one in value.values()]
    return [one for one in [*found, *inside, *tables] if isinstance(one, Mutation)]


@pytest.fixture(scope="module")
def schemas() -> dict[str, GraphQLSchema]:
    folder = BASE_DIR / "store" / "saleor"
    return {
        name: build_schema((folder / f"{name}.graphql").read_text()) for name in ("schema", "schema-3.23")
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_reads_both_shops(name: str, schemas: dict[str, GraphQLSchema]) -> None:
    for schema, known in schemas.items():
        if schema == "schema-3.23" or name not in NEW_ONLY:
            assert validate(known, parse(read_document(name))) == []


def test_mutations_are_those_of_saleor(schemas: dict[str, GraphQLSchema]) -> None:
    found = {one.text for one in mutations()}
    assert len(found) > 40
    problems = [error.message for text in found for error in validate(schemas["schema-3.23"], parse(text))]
    assert problems == []
