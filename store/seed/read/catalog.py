"""The whole catalogue as one value: read, shaped, checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from store.seed.read import file_models
from store.seed.read.pages import PageText
from store.seed.read.problems import CatalogueError, Problem
from store.seed.read.toml import Sheet, load
from store.seed.read.validation_messages import complaints

Shaped = TypeVar("Shaped", bound=file_models.Shape)

FILES: dict[str, type[file_models.Shape]] = {
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


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the shop should hold. `sheets` remembers where each thing was said."""

    folder: Path
    shop: file_models.Shop
    channels: Sequence[file_models.Channel]
    warehouses: Sequence[file_models.Warehouse]
    zones: Sequence[file_models.Zone]
    taxes: file_models.Taxes
    page_types: Sequence[file_models.PageType]
    attributes: Sequence[file_models.Attribute]
    product_types: Sequence[file_models.ProductType]
    categories: Sequence[file_models.Category]
    collections: Sequence[file_models.Collection]
    menus: Sequence[file_models.Menu]
    products: Sequence[file_models.Product]
    pictures: Sequence[file_models.Picture]
    pages: Sequence[PageText]
    sheets: Mapping[str, Sheet] = field(repr=False)

    @property
    def without_picture(self) -> list[str]:
        """Products that can be sold but not yet seen."""
        shown = {picture.product for picture in self.pictures}
        return [product.slug for product in self.products if product.slug not in shown]

    def picture_path(self, picture: file_models.Picture) -> Path:
        return self.folder / "images" / picture.file


def read(folder: Path, *, pages: Sequence[PageText]) -> Catalogue:
    """The checked catalogue; raises CatalogueError with every problem that can be seen at once."""
    from store.seed.read.checks import check

    problems: list[Problem] = []
    sheets = _sheets(folder, problems)
    shaped = {name: _shape(sheets[name], FILES[name], problems) for name in FILES if name in sheets}
    products = _products(sheets, problems)
    pictures = _shape(sheets["pictures"], file_models.Pictures, problems) if "pictures" in sheets else None
    if any(shaped.get(name) is None for name in FILES):
        raise CatalogueError(problems)  # the other checks would only echo these
    catalogue = Catalogue(
        folder=folder,
        products=products,
        pictures=pictures.pictures if pictures else (),
        pages=pages,
        sheets=sheets,
        **_parts(shaped),
    )
    problems += check(catalogue)
    if problems:
        raise CatalogueError(problems)
    return catalogue


def _sheets(folder: Path, problems: list[Problem]) -> dict[str, Sheet]:
    found: dict[str, Sheet] = {}
    for name, path in _paths(folder):
        try:
            found[name] = load(path)
        except CatalogueError as error:
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
    pictures = folder / "images" / "pictures.toml"
    if pictures.exists():
        yield "pictures", pictures


def _products(sheets: Mapping[str, Sheet], problems: list[Problem]) -> list[file_models.Product]:
    found = (
        _shape(sheet, file_models.Product, problems)
        for name, sheet in sheets.items()
        if name.startswith("products/")
    )
    return [product for product in found if product is not None]


def _shape(sheet: Sheet, shape: type[Shaped], problems: list[Problem]) -> Shaped | None:
    try:
        return shape.model_validate(sheet.data)
    except ValidationError as error:
        problems += complaints(sheet, shape, error)
        return None


def _parts(shaped: Mapping[str, Any]) -> dict[str, Any]:
    """Files that hold a list give the list; the others give themselves."""
    return {
        "shop": shaped["shop"],
        "channels": shaped["channels"].channels,
        "warehouses": shaped["warehouses"].warehouses,
        "zones": shaped["shipping"].zones,
        "taxes": shaped["taxes"],
        "page_types": shaped["page_types"].page_types,
        "attributes": shaped["attributes"].attributes,
        "product_types": shaped["product_types"].product_types,
        "categories": shaped["categories"].categories,
        "collections": shaped["collections"].collections,
        "menus": shaped["menus"].menus,
    }
