from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel


class ProductsForSale(BaseModel):
    products: Optional["ProductsForSaleProducts"]


class ProductsForSaleProducts(BaseModel):
    page_info: "ProductsForSaleProductsPageInfo" = Field(alias="pageInfo")
    edges: list["ProductsForSaleProductsEdges"]


class ProductsForSaleProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductsForSaleProductsEdges(BaseModel):
    node: "ProductsForSaleProductsEdgesNode"


class ProductsForSaleProductsEdgesNode(BaseModel):
    slug: str
    name: str
    insert: Optional[
        Annotated[
            Union[
                "ProductsForSaleProductsEdgesNodeInsertAssignedAttribute",
                "ProductsForSaleProductsEdgesNodeInsertAssignedSinglePageReferenceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]


class ProductsForSaleProductsEdgesNodeInsertAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class ProductsForSaleProductsEdgesNodeInsertAssignedSinglePageReferenceAttribute(
    BaseModel
):
    typename__: Literal["AssignedSinglePageReferenceAttribute"] = Field(
        alias="__typename"
    )
    value: Optional[
        "ProductsForSaleProductsEdgesNodeInsertAssignedSinglePageReferenceAttributeValue"
    ]


class ProductsForSaleProductsEdgesNodeInsertAssignedSinglePageReferenceAttributeValue(
    BaseModel
):
    slug: str


ProductsForSale.model_rebuild()
ProductsForSaleProducts.model_rebuild()
ProductsForSaleProductsEdges.model_rebuild()
ProductsForSaleProductsEdgesNode.model_rebuild()
ProductsForSaleProductsEdgesNodeInsertAssignedSinglePageReferenceAttribute.model_rebuild()
