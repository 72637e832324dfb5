from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ProductTypeKeys(BaseModel):
    product_types: Optional["ProductTypeKeysProductTypes"] = Field(alias="productTypes")


class ProductTypeKeysProductTypes(BaseModel):
    page_info: "ProductTypeKeysProductTypesPageInfo" = Field(alias="pageInfo")
    edges: list["ProductTypeKeysProductTypesEdges"]


class ProductTypeKeysProductTypesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductTypeKeysProductTypesEdges(BaseModel):
    node: "ProductTypeKeysProductTypesEdgesNode"


class ProductTypeKeysProductTypesEdgesNode(BaseModel):
    id: str
    slug: str
    product_attributes: Optional[
        list["ProductTypeKeysProductTypesEdgesNodeProductAttributes"]
    ] = Field(alias="productAttributes")
    assigned_variant_attributes: Optional[
        list["ProductTypeKeysProductTypesEdgesNodeAssignedVariantAttributes"]
    ] = Field(alias="assignedVariantAttributes")


class ProductTypeKeysProductTypesEdgesNodeProductAttributes(BaseModel):
    slug: str


class ProductTypeKeysProductTypesEdgesNodeAssignedVariantAttributes(BaseModel):
    attribute: "ProductTypeKeysProductTypesEdgesNodeAssignedVariantAttributesAttribute"


class ProductTypeKeysProductTypesEdgesNodeAssignedVariantAttributesAttribute(BaseModel):
    slug: str


ProductTypeKeys.model_rebuild()
ProductTypeKeysProductTypes.model_rebuild()
ProductTypeKeysProductTypesEdges.model_rebuild()
ProductTypeKeysProductTypesEdgesNode.model_rebuild()
ProductTypeKeysProductTypesEdgesNodeAssignedVariantAttributes.model_rebuild()
