from datetime import date
from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import MeasurementUnitsEnum, ProductMediaType
from .fragments import DeliveryOffer, PageVariant, ProductCard


class ProductPage(BaseModel):
    shop: "ProductPageShop"
    product: Optional["ProductPageProduct"]


class ProductPageShop(BaseModel):
    available_shipping_methods: Optional[
        list["ProductPageShopAvailableShippingMethods"]
    ] = Field(alias="availableShippingMethods")


ProductPageShopAvailableShippingMethods = DeliveryOffer


class ProductPageProduct(BaseModel):
    id: str
    slug: str
    name: str
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")
    translation: Optional["ProductPageProductTranslation"]
    is_available_for_purchase: Optional[bool] = Field(alias="isAvailableForPurchase")
    category: Optional["ProductPageProductCategory"]
    pricing: Optional["ProductPageProductPricing"]
    media: Optional[list["ProductPageProductMedia"]]
    assigned_attributes: list[
        Annotated[
            Union[
                "ProductPageProductAssignedAttributesAssignedAttribute",
                "ProductPageProductAssignedAttributesAssignedBooleanAttribute",
                "ProductPageProductAssignedAttributesAssignedDateAttribute",
                "ProductPageProductAssignedAttributesAssignedMultiChoiceAttribute",
                "ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttribute",
                "ProductPageProductAssignedAttributesAssignedNumericAttribute",
                "ProductPageProductAssignedAttributesAssignedPlainTextAttribute",
                "ProductPageProductAssignedAttributesAssignedSingleChoiceAttribute",
                "ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttribute",
                "ProductPageProductAssignedAttributesAssignedSwatchAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="assignedAttributes")
    product_variants: Optional["ProductPageProductProductVariants"] = Field(
        alias="productVariants"
    )


class ProductPageProductTranslation(BaseModel):
    name: Optional[str]
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")


class ProductPageProductCategory(BaseModel):
    slug: str
    name: str
    translation: Optional["ProductPageProductCategoryTranslation"]
    products: Optional["ProductPageProductCategoryProducts"]


class ProductPageProductCategoryTranslation(BaseModel):
    name: Optional[str]


class ProductPageProductCategoryProducts(BaseModel):
    edges: list["ProductPageProductCategoryProductsEdges"]


class ProductPageProductCategoryProductsEdges(BaseModel):
    node: "ProductPageProductCategoryProductsEdgesNode"


ProductPageProductCategoryProductsEdgesNode = ProductCard


class ProductPageProductPricing(BaseModel):
    display_gross_prices: bool = Field(alias="displayGrossPrices")


class ProductPageProductMedia(BaseModel):
    id: str
    alt: str
    translated_alt: Optional[str] = Field(alias="translatedAlt")
    type_: ProductMediaType = Field(alias="type")
    url: str
    small: str
    large: str


class ProductPageProductAssignedAttributesAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedAttributeAttribute"


class ProductPageProductAssignedAttributesAssignedAttributeAttribute(BaseModel):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedBooleanAttribute(BaseModel):
    typename__: Literal["AssignedBooleanAttribute"] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedBooleanAttributeAttribute"
    flag: Optional[bool]


class ProductPageProductAssignedAttributesAssignedBooleanAttributeAttribute(BaseModel):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedBooleanAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedBooleanAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedDateAttribute(BaseModel):
    typename__: Literal["AssignedDateAttribute"] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedDateAttributeAttribute"
    date: Optional[date]


class ProductPageProductAssignedAttributesAssignedDateAttributeAttribute(BaseModel):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedDateAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedDateAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedMultiChoiceAttribute(BaseModel):
    typename__: Literal["AssignedMultiChoiceAttribute"] = Field(alias="__typename")
    attribute: (
        "ProductPageProductAssignedAttributesAssignedMultiChoiceAttributeAttribute"
    )
    choices: list[
        "ProductPageProductAssignedAttributesAssignedMultiChoiceAttributeChoices"
    ]


class ProductPageProductAssignedAttributesAssignedMultiChoiceAttributeAttribute(
    BaseModel
):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedMultiChoiceAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedMultiChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedMultiChoiceAttributeChoices(
    BaseModel
):
    name: Optional[str]
    translation: Optional[str]


class ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttribute(
    BaseModel
):
    typename__: Literal["AssignedMultiPageReferenceAttribute"] = Field(
        alias="__typename"
    )
    attribute: "ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttributeAttribute"
    pages: list[
        "ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttributePages"
    ]


class ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttributeAttribute(
    BaseModel
):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttributePages(
    BaseModel
):
    slug: str


class ProductPageProductAssignedAttributesAssignedNumericAttribute(BaseModel):
    typename__: Literal["AssignedNumericAttribute"] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedNumericAttributeAttribute"
    number: Optional[float]


class ProductPageProductAssignedAttributesAssignedNumericAttributeAttribute(BaseModel):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedNumericAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedNumericAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedPlainTextAttribute(BaseModel):
    typename__: Literal["AssignedPlainTextAttribute"] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedPlainTextAttributeAttribute"
    text: Optional[str]
    text_translation: Optional[str] = Field(alias="textTranslation")


class ProductPageProductAssignedAttributesAssignedPlainTextAttributeAttribute(
    BaseModel
):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedPlainTextAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedPlainTextAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    attribute: (
        "ProductPageProductAssignedAttributesAssignedSingleChoiceAttributeAttribute"
    )
    choice: Optional[
        "ProductPageProductAssignedAttributesAssignedSingleChoiceAttributeChoice"
    ]


class ProductPageProductAssignedAttributesAssignedSingleChoiceAttributeAttribute(
    BaseModel
):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedSingleChoiceAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedSingleChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedSingleChoiceAttributeChoice(
    BaseModel
):
    name: Optional[str]
    translation: Optional[str]


class ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttribute(
    BaseModel
):
    typename__: Literal["AssignedSinglePageReferenceAttribute"] = Field(
        alias="__typename"
    )
    attribute: "ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttributeAttribute"
    page: Optional[
        "ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttributePage"
    ]


class ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttributeAttribute(
    BaseModel
):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttributePage(
    BaseModel
):
    slug: str


class ProductPageProductAssignedAttributesAssignedSwatchAttribute(BaseModel):
    typename__: Literal["AssignedSwatchAttribute"] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedSwatchAttributeAttribute"
    swatch: Optional[
        "ProductPageProductAssignedAttributesAssignedSwatchAttributeSwatch"
    ]


class ProductPageProductAssignedAttributesAssignedSwatchAttributeAttribute(BaseModel):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional[
        "ProductPageProductAssignedAttributesAssignedSwatchAttributeAttributeTranslation"
    ]


class ProductPageProductAssignedAttributesAssignedSwatchAttributeAttributeTranslation(
    BaseModel
):
    name: str


class ProductPageProductAssignedAttributesAssignedSwatchAttributeSwatch(BaseModel):
    name: Optional[str]
    translation: Optional[str]


class ProductPageProductProductVariants(BaseModel):
    page_info: "ProductPageProductProductVariantsPageInfo" = Field(alias="pageInfo")
    edges: list["ProductPageProductProductVariantsEdges"]


class ProductPageProductProductVariantsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductPageProductProductVariantsEdges(BaseModel):
    node: "ProductPageProductProductVariantsEdgesNode"


ProductPageProductProductVariantsEdgesNode = PageVariant
ProductPage.model_rebuild()
ProductPageShop.model_rebuild()
ProductPageProduct.model_rebuild()
ProductPageProductCategory.model_rebuild()
ProductPageProductCategoryProducts.model_rebuild()
ProductPageProductCategoryProductsEdges.model_rebuild()
ProductPageProductAssignedAttributesAssignedAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedBooleanAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedBooleanAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedDateAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedDateAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedMultiChoiceAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedMultiChoiceAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedNumericAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedNumericAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedPlainTextAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedPlainTextAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedSingleChoiceAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedSingleChoiceAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttributeAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedSwatchAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedSwatchAttributeAttribute.model_rebuild()
ProductPageProductProductVariants.model_rebuild()
ProductPageProductProductVariantsEdges.model_rebuild()
