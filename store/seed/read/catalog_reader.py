"""Reads the files of a catalog folder, parses each with its model, and checks them against each other."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from store.seed.read import file_models
from store.seed.read.catalog import Catalog
from store.seed.read.checks import check_catalog
from store.seed.read.pages import SeedPage, shop_pages
from store.seed.read.problems import CatalogError, Problem
from store.seed.read.toml import SourceFile, load
from store.seed.read.validation_messages import to_problems

ModelT = TypeVar("ModelT", bound=file_models.FileModel)

LANGUAGES = ("de", "es")
FILES: dict[str, type[file_models.FileModel]] = {
    "shop": file_models.Shop,
    "channels": file_models.Channels,
    "warehouses": file_models.Warehouses,
    "shipping": file_models.Shipping,
    "taxes": file_models.Taxes,
    "page_types": file_models.PageTypes,
    "attributes": file_models.Attributes,
    "product_types": file_models.ProductTypes,
    "categories": file_models.Categories,
    "collections": file_models.Collections,
    "menus": file_models.Menus,
}


def read_catalog(folder: Path, *, pages: Sequence[SeedPage]) -> Catalog:
    """The checked catalog of the folder. Raises CatalogError with all problems that can be found at once."""
    problems: list[Problem] = []
    sources = _load_files(folder, problems)
    parsed = {name: _parse(sources[name], FILES[name], problems) for name in FILES if name in sources}
    products = _parsed(sources, "products/", file_models.Product, problems)
    translations = _translations(sources, problems)
    own_pages = _parsed(sources, "shop_pages/", file_models.ShopPage, problems)
    pictures = _parse(sources["pictures"], file_models.Pictures, problems) if "pictures" in sources else None
    readable = (
        len(products)
        + len(translations)
        + len(own_pages)
        + sum(model is not None for model in (*parsed.values(), pictures))
    )
    if readable < len(list(_paths(folder))):
        # Checked against each other, the others would be told to miss what stands in the file that can't be read.
        raise CatalogError(problems)
    catalog = Catalog(
        folder=folder,
        products=products,
        pictures=pictures.pictures if pictures else (),
        pages=[*pages, *shop_pages(own_pages)],
        translations=translations,
        sources=sources,
        **_catalog_fields(parsed),
    )
    problems += check_catalog(catalog)
    if problems:
        raise CatalogError(problems)
    return catalog


def _load_files(folder: Path, problems: list[Problem]) -> dict[str, SourceFile]:
    found: dict[str, SourceFile] = {}
    for name, path in _paths(folder):
        try:
            found[name] = load(path)
        except CatalogError as error:
            problems += error.problems
    problems += [
        Problem(path, 1, "the seed knows no such file", f"Rename it to one of: {', '.join(FILES)}")
        for path in folder.glob("*.toml")
        if path.stem not in FILES
    ]
    return found


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    yield from ((name, folder / f"{name}.toml") for name in FILES)
    yield from ((f"products/{path.stem}", path) for path in sorted((folder / "products").glob("*.toml")))
    yield from ((f"shop_pages/{path.stem}", path) for path in sorted((folder / "shop_pages").glob("*.toml")))
    for language in LANGUAGES:
        path = folder / "translations" / f"{language}.toml"
        if path.exists():
            yield f"translations/{language}", path
    pictures = folder / "images" / "pictures.toml"
    if pictures.exists():
        yield "pictures", pictures


def _parsed(
    sources: Mapping[str, SourceFile], prefix: str, model: type[ModelT], problems: list[Problem]
) -> list[ModelT]:
    """The files whose names begin so, such as `products/`."""
    found = (_parse(source, model, problems) for name, source in sources.items() if name.startswith(prefix))
    return [one for one in found if one is not None]


def _translations(
    sources: Mapping[str, SourceFile], problems: list[Problem]
) -> dict[str, file_models.Translations]:
    parsed = {
        language: _parse(sources[f"translations/{language}"], file_models.Translations, problems)
        for language in LANGUAGES
        if f"translations/{language}" in sources
    }
    return {language: model for language, model in parsed.items() if model is not None}


def _parse(source: SourceFile, model: type[ModelT], problems: list[Problem]) -> ModelT | None:
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        problems += to_problems(source, model, error)
        return None


def _catalog_fields(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of Catalog: the list of a file that holds only a list, the whole model otherwise."""
    return {
        "shop": parsed["shop"],
        "channels": parsed["channels"].channels,
        "warehouses": parsed["warehouses"].warehouses,
        "zones": parsed["shipping"].zones,
        "taxes": parsed["taxes"],
        "page_types": parsed["page_types"].page_types,
        "attributes": parsed["attributes"].attributes,
        "product_types": parsed["product_types"].product_types,
        "categories": parsed["categories"].categories,
        "collections": parsed["collections"].collections,
        "menus": parsed["menus"].menus,
    }
