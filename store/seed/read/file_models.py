"""The pydantic model of each file of catalog_seed/. Unknown keys are errors, so that no misspelling is ignored."""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from store.saleor.email_addresses import clean_email_address
from store.saleor.markdown_rich_text import NotEditable, to_editorjs

Input = Literal["dropdown", "multiselect", "swatch", "numeric", "plain-text", "page", "pages"]


def _attribute_value(value: object) -> str | int | Decimal | list[str]:
    """TOML's numbers are exact: 60 stays an int, 2.5 becomes Decimal("2.5")."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError('an attribute takes a text ("…"), a number or a list of texts (["…"])')
    return value


AttributeValue = Annotated[str | int | Decimal | list[str], PlainValidator(_attribute_value)]


class FileModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError("a slug has lower-case letters, digits and single hyphens only")
    return value


def _sku(value: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", value):
        raise ValueError("a SKU has capital letters, digits and single hyphens only")
    return value


def _not_a_float(value: object) -> object:
    if isinstance(value, float):
        raise ValueError('write the number in quotes, such as "12.90", so that it stays exact')
    return value


def _markdown(value: str) -> str:
    try:
        to_editorjs(value)
    except NotEditable as error:
        raise ValueError(f"use paragraphs, headings, lists and quotes only: this has {error.what}") from None
    return value


Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, AfterValidator(_slug)]
Sku = Annotated[str, AfterValidator(_sku)]
Amount = Annotated[Decimal, BeforeValidator(_not_a_float), Field(ge=0)]
Quantity = Annotated[int, Field(ge=0, strict=True)]
Positive = Annotated[int, Field(gt=0, strict=True)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Seo(FileModel):
    title: Annotated[str, Field(min_length=1, max_length=70)]
    description: Annotated[str, Field(min_length=1, max_length=300)]


class Shop(FileModel):
    name: Text
    description: Text
    weight_unit: Literal["G", "KG", "LB", "OZ"]
    limit_quantity_per_checkout: Positive


class Channel(FileModel):
    slug: Slug
    name: Text
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    country: Country
    warehouses: list[str] = Field(min_length=1)


class Channels(FileModel):
    channels: list[Channel] = Field(min_length=1)


class Address(FileModel):
    company: Text
    street: Text
    city: Text
    area: str = ""
    postal_code: Text
    country: Country


class Warehouse(FileModel):
    slug: Slug
    name: Text
    email: Annotated[str, AfterValidator(clean_email_address)]
    address: Address


class Warehouses(FileModel):
    warehouses: list[Warehouse] = Field(min_length=1)


class ShippingMethod(FileModel):
    name: Text
    days: Annotated[list[Positive], Field(min_length=2, max_length=2)]
    price: dict[str, Amount] = Field(min_length=1)
    starts_at: dict[str, Amount] = Field(default={}, alias="from")
    up_to: dict[str, Amount] = {}


class ShippingZone(FileModel):
    name: Text
    countries: list[Country] = Field(min_length=1)
    channels: list[str] = Field(min_length=1)
    warehouses: list[str] = Field(min_length=1)
    methods: list[ShippingMethod] = Field(min_length=1)


class Shipping(FileModel):
    zones: list[ShippingZone] = Field(min_length=1)


class TaxClass(FileModel):
    name: Text
    rates: dict[Country, Annotated[Decimal, BeforeValidator(_not_a_float), Field(ge=0, le=100)]]


class ChannelTax(FileModel):
    prices_include_tax: bool
    show_prices_with_tax: bool


class Taxes(FileModel):
    classes: list[TaxClass] = Field(min_length=1)
    channels: dict[str, ChannelTax]


class PageType(FileModel):
    slug: Slug
    name: Text


class PageTypes(FileModel):
    page_types: list[PageType] = Field(min_length=1)


class ShopPageTexts(FileModel):
    """`text` is light Markdown (`saleor.markdown_rich_text`)."""

    title: Annotated[str, Field(min_length=1, max_length=250)]
    summary: Annotated[str, Field(min_length=1, max_length=300)]
    text: Annotated[Text, AfterValidator(_markdown)]


class ShopPage(FileModel):
    """A page of the shop itself, such as its terms, in each language."""

    slug: Slug
    texts: dict[Literal["en", "de", "es"], ShopPageTexts]


class Swatch(FileModel):
    name: Text
    hex: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Attribute(FileModel):
    slug: Slug
    name: Text
    input: Input
    values: list[Swatch] | list[Text] = []
    page_type: str | None = None

    @property
    def value_names(self) -> list[str]:
        return [value if isinstance(value, str) else value.name for value in self.values]


class Attributes(FileModel):
    attributes: list[Attribute] = Field(min_length=1)


class ProductType(FileModel):
    slug: Slug
    name: Text
    tax_class: str
    product: list[str]
    required: list[str] = []
    variant: list[str] = []
    variant_facts: list[str] = []


class ProductTypes(FileModel):
    product_types: list[ProductType] = Field(min_length=1)


class Category(FileModel):
    slug: Slug
    name: Text
    description: Text
    seo: Seo


class Categories(FileModel):
    categories: list[Category] = Field(min_length=1)


class Collection(FileModel):
    slug: Slug
    name: Text
    description: Text
    channels: list[str] = Field(min_length=1)


class Collections(FileModel):
    collections: list[Collection]


class MenuItem(FileModel):
    name: Text
    category: str | None = None
    collection: str | None = None
    page: str | None = None


class Menu(FileModel):
    slug: Slug
    name: Text
    items: list[MenuItem]


class Menus(FileModel):
    menus: list[Menu]


class Cups(FileModel):
    quantity: Positive
    diameter_mm: Positive
    height_mm: Positive


class Variant(FileModel):
    """`attributes` are what a shopper picks by, `facts` what differs between the variants of a product."""

    sku: Sku
    name: Text
    attributes: dict[str, str]
    facts: dict[str, AttributeValue] = {}
    price: dict[str, Amount]
    stock: dict[str, Quantity]
    cups: list[Cups] = []
    weight_kg: Annotated[float, Field(gt=0)] | None = None

    @property
    def own_facts(self) -> dict[str, AttributeValue]:
        """The facts, with weight, number and sizes of the cups where the variant has its own."""
        weight = {"variant-packed-weight": _grams(self.weight_kg)} if self.weight_kg else {}
        return {**(_measured(self.cups) if self.cups else {}), **weight, **self.facts}


def _measured(cups: list[Cups]) -> dict[str, AttributeValue]:
    sizes = [f"{cup.diameter_mm} mm" for cup in cups]
    return {
        "variant-cup-count": sum(cup.quantity for cup in cups),
        "variant-cup-diameters": list(dict.fromkeys(sizes)),
        "variant-cup-heights": list(dict.fromkeys(f"{cup.height_mm} mm" for cup in cups)),
    }


def _grams(kilograms: float) -> str:
    return f"{round(kilograms * 1000)} g"


class TranslatedCategory(FileModel):
    name: Text
    description: Text
    seo: Seo


class TranslatedCollection(FileModel):
    name: Text
    description: Text


class Translations(FileModel):
    """The catalog in one language, without the texts of products.

    `names` (of attributes, values, variants, deliveries, menu items) and `box` (lines of box contents) are by the
    English text; `categories` and `collections` by slug.
    """

    names: dict[str, Text] = {}
    box: dict[str, Text] = {}
    categories: dict[str, TranslatedCategory] = {}
    collections: dict[str, TranslatedCollection] = {}

    def name(self, text: str) -> str:
        return self.names.get(text, text)

    def box_contents(self, text: str) -> str:
        return "\n".join(self.box.get(line) or self.name(line) for line in text.strip().splitlines())


class Translation(FileModel):
    name: Text
    description: Text
    seo: Seo


class Product(FileModel):
    slug: Slug
    name: Text
    product_type: str
    category: str
    collections: list[str] = []
    weight_kg: Annotated[float, Field(gt=0)]
    description: Text
    seo: Seo
    attributes: dict[str, AttributeValue]
    cups: list[Cups] = []
    variants: list[Variant] = Field(min_length=1)
    translations: dict[Literal["de", "es"], Translation] = {}

    @property
    def own_attributes(self) -> dict[str, AttributeValue]:
        """The attributes, with the weight as a shopper reads it."""
        return {**self.attributes, "packed-weight": _grams(self.weight_kg)}


class Picture(FileModel):
    product: str
    file: Text
    shot: Text
    variants: list[str] = []
    alt: dict[str, Text]


class Pictures(FileModel):
    pictures: list[Picture] = Field(min_length=1)
