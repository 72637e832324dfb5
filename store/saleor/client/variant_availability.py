from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class VariantAvailability(BaseModel):
    product_variants: Optional["VariantAvailabilityProductVariants"] = Field(
        alias="productVariants"
    )


class VariantAvailabilityProductVariants(BaseModel):
    edges: list["VariantAvailabilityProductVariantsEdges"]


class VariantAvailabilityProductVariantsEdges(BaseModel):
    node: "VariantAvailabilityProductVariantsEdgesNode"


class VariantAvailabilityProductVariantsEdgesNode(BaseModel):
    id: str
    sku: Optional[str]
    name: str
    translation: Optional["VariantAvailabilityProductVariantsEdgesNodeTranslation"]
    quantity_available: Optional[int] = Field(alias="quantityAvailable")
    product: "VariantAvailabilityProductVariantsEdgesNodeProduct"


class VariantAvailabilityProductVariantsEdgesNodeTranslation(BaseModel):
    name: str


class VariantAvailabilityProductVariantsEdgesNodeProduct(BaseModel):
    slug: str
    name: str
    is_available_for_purchase: Optional[bool] = Field(alias="isAvailableForPurchase")
    translation: Optional[
        "VariantAvailabilityProductVariantsEdgesNodeProductTranslation"
    ]
    product_variants: Optional[
        "VariantAvailabilityProductVariantsEdgesNodeProductProductVariants"
    ] = Field(alias="productVariants")


class VariantAvailabilityProductVariantsEdgesNodeProductTranslation(BaseModel):
    name: Optional[str]


class VariantAvailabilityProductVariantsEdgesNodeProductProductVariants(BaseModel):
    edges: list[
        "VariantAvailabilityProductVariantsEdgesNodeProductProductVariantsEdges"
    ]


class VariantAvailabilityProductVariantsEdgesNodeProductProductVariantsEdges(BaseModel):
    node: "VariantAvailabilityProductVariantsEdgesNodeProductProductVariantsEdgesNode"


class VariantAvailabilityProductVariantsEdgesNodeProductProductVariantsEdgesNode(
    BaseModel
):
    id: str


VariantAvailability.model_rebuild()
VariantAvailabilityProductVariants.model_rebuild()
VariantAvailabilityProductVariantsEdges.model_rebuild()
VariantAvailabilityProductVariantsEdgesNode.model_rebuild()
VariantAvailabilityProductVariantsEdgesNodeProduct.model_rebuild()
VariantAvailabilityProductVariantsEdgesNodeProductProductVariants.model_rebuild()
VariantAvailabilityProductVariantsEdgesNodeProductProductVariantsEdges.model_rebuild()
