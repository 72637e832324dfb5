"""The catalog as one value; `catalog_reader` makes it from the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.seed.read import file_models
from store.seed.read.pages import SeedPage
from store.seed.read.toml import SourceFile


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that the seed writes. `sources` has the file of each part, for the lines of problems found later."""

    folder: Path
    shop: file_models.Shop
    channels: Sequence[file_models.Channel]
    warehouses: Sequence[file_models.Warehouse]
    zones: Sequence[file_models.ShippingZone]
    taxes: file_models.Taxes
    page_types: Sequence[file_models.PageType]
    attributes: Sequence[file_models.Attribute]
    product_types: Sequence[file_models.ProductType]
    categories: Sequence[file_models.Category]
    collections: Sequence[file_models.Collection]
    menus: Sequence[file_models.Menu]
    products: Sequence[file_models.Product]
    pictures: Sequence[file_models.Picture]
    pages: Sequence[SeedPage]
    translations: Mapping[str, file_models.Translations]  # by language
    sources: Mapping[str, SourceFile] = field(repr=False)

    @property
    def products_without_picture(self) -> list[str]:
        """Slugs of the products that have no picture yet; they can be sold without."""
        shown = {picture.product for picture in self.pictures}
        return [product.slug for product in self.products if product.slug not in shown]

    def picture_path(self, picture: file_models.Picture) -> Path:
        return self.folder / "images" / picture.file
