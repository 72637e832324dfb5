from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import AttributeInputTypeEnum, MeasurementUnitsEnum, ProductMediaType


class ProductPage(BaseModel):
    product: Optional["ProductPageProduct"]


class ProductPageProduct(BaseModel):
    id: str
    slug: str
    name: str
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")
    is_available_for_purchase: Optional[bool] = Field(alias="isAvailableForPurchase")
    category: Optional["ProductPageProductCategory"]
    pricing: Optional["ProductPageProductPricing"]
    media: Optional[list["ProductPageProductMedia"]]
    assigned_attributes: list[
        Annotated[
            Union[
                "ProductPageProductAssignedAttributesAssignedAttribute",
                "ProductPageProductAssignedAttributesAssignedMultiChoiceAttribute",
                "ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttribute",
                "ProductPageProductAssignedAttributesAssignedNumericAttribute",
                "ProductPageProductAssignedAttributesAssignedPlainTextAttribute",
                "ProductPageProductAssignedAttributesAssignedSingleChoiceAttribute",
                "ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="assignedAttributes")
    product_variants: Optional["ProductPageProductProductVariants"] = Field(
        alias="productVariants"
    )


class ProductPageProductCategory(BaseModel):
    slug: str
    name: str


class ProductPageProductPricing(BaseModel):
    display_gross_prices: bool = Field(alias="displayGrossPrices")


class ProductPageProductMedia(BaseModel):
    id: str
    alt: str
    type_: ProductMediaType = Field(alias="type")
    url: str
    large: str


class ProductPageProductAssignedAttributesAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
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
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedAttributeAttribute"


class ProductPageProductAssignedAttributesAssignedAttributeAttribute(BaseModel):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]


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


class ProductPageProductAssignedAttributesAssignedMultiChoiceAttributeChoices(
    BaseModel
):
    name: Optional[str]
    slug: Optional[str]


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


class ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttributePages(
    BaseModel
):
    slug: str
    title: str


class ProductPageProductAssignedAttributesAssignedNumericAttribute(BaseModel):
    typename__: Literal["AssignedNumericAttribute"] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedNumericAttributeAttribute"
    number: Optional[float]


class ProductPageProductAssignedAttributesAssignedNumericAttributeAttribute(BaseModel):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]


class ProductPageProductAssignedAttributesAssignedPlainTextAttribute(BaseModel):
    typename__: Literal["AssignedPlainTextAttribute"] = Field(alias="__typename")
    attribute: "ProductPageProductAssignedAttributesAssignedPlainTextAttributeAttribute"
    text: Optional[str]


class ProductPageProductAssignedAttributesAssignedPlainTextAttributeAttribute(
    BaseModel
):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]


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


class ProductPageProductAssignedAttributesAssignedSingleChoiceAttributeChoice(
    BaseModel
):
    name: Optional[str]
    slug: Optional[str]


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


class ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttributePage(
    BaseModel
):
    slug: str
    title: str


class ProductPageProductProductVariants(BaseModel):
    edges: list["ProductPageProductProductVariantsEdges"]


class ProductPageProductProductVariantsEdges(BaseModel):
    node: "ProductPageProductProductVariantsEdgesNode"


class ProductPageProductProductVariantsEdgesNode(BaseModel):
    id: str
    sku: Optional[str]
    name: str
    quantity_available: Optional[int] = Field(alias="quantityAvailable")
    quantity_limit_per_customer: Optional[int] = Field(alias="quantityLimitPerCustomer")
    media: Optional[list["ProductPageProductProductVariantsEdgesNodeMedia"]]
    pricing: Optional["ProductPageProductProductVariantsEdgesNodePricing"]
    selection: list["ProductPageProductProductVariantsEdgesNodeSelection"]


class ProductPageProductProductVariantsEdgesNodeMedia(BaseModel):
    id: str


class ProductPageProductProductVariantsEdgesNodePricing(BaseModel):
    price: Optional["ProductPageProductProductVariantsEdgesNodePricingPrice"]
    price_undiscounted: Optional[
        "ProductPageProductProductVariantsEdgesNodePricingPriceUndiscounted"
    ] = Field(alias="priceUndiscounted")


class ProductPageProductProductVariantsEdgesNodePricingPrice(BaseModel):
    gross: "ProductPageProductProductVariantsEdgesNodePricingPriceGross"
    net: "ProductPageProductProductVariantsEdgesNodePricingPriceNet"


class ProductPageProductProductVariantsEdgesNodePricingPriceGross(BaseModel):
    amount: float
    currency: str


class ProductPageProductProductVariantsEdgesNodePricingPriceNet(BaseModel):
    amount: float
    currency: str


class ProductPageProductProductVariantsEdgesNodePricingPriceUndiscounted(BaseModel):
    gross: "ProductPageProductProductVariantsEdgesNodePricingPriceUndiscountedGross"
    net: "ProductPageProductProductVariantsEdgesNodePricingPriceUndiscountedNet"


class ProductPageProductProductVariantsEdgesNodePricingPriceUndiscountedGross(
    BaseModel
):
    amount: float
    currency: str


class ProductPageProductProductVariantsEdgesNodePricingPriceUndiscountedNet(BaseModel):
    amount: float
    currency: str


class ProductPageProductProductVariantsEdgesNodeSelection(BaseModel):
    attribute: "ProductPageProductProductVariantsEdgesNodeSelectionAttribute"
    values: list["ProductPageProductProductVariantsEdgesNodeSelectionValues"]


class ProductPageProductProductVariantsEdgesNodeSelectionAttribute(BaseModel):
    slug: str
    name: str
    input_type: Optional[AttributeInputTypeEnum] = Field(alias="inputType")


class ProductPageProductProductVariantsEdgesNodeSelectionValues(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    value: Optional[str]


ProductPage.model_rebuild()
ProductPageProduct.model_rebuild()
ProductPageProductAssignedAttributesAssignedAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedMultiChoiceAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedNumericAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedPlainTextAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedSingleChoiceAttribute.model_rebuild()
ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttribute.model_rebuild()
ProductPageProductProductVariants.model_rebuild()
ProductPageProductProductVariantsEdges.model_rebuild()
ProductPageProductProductVariantsEdgesNode.model_rebuild()
ProductPageProductProductVariantsEdgesNodePricing.model_rebuild()
ProductPageProductProductVariantsEdgesNodePricingPrice.model_rebuild()
ProductPageProductProductVariantsEdgesNodePricingPriceUndiscounted.model_rebuild()
ProductPageProductProductVariantsEdgesNodeSelection.model_rebuild()
