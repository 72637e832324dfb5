from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    IndexedProduct,
    IndexedProductBodyAreasAssignedAttribute,
    IndexedProductBodyAreasAssignedMultiChoiceAttribute,
    IndexedProductBodyAreasAssignedSingleChoiceAttribute,
    IndexedProductCategory,
    IndexedProductPricing,
    IndexedProductSuctionLevelAssignedAttribute,
    IndexedProductSuctionLevelAssignedMultiChoiceAttribute,
    IndexedProductSuctionLevelAssignedSingleChoiceAttribute,
    IndexedProductSuctionMethodAssignedAttribute,
    IndexedProductSuctionMethodAssignedMultiChoiceAttribute,
    IndexedProductSuctionMethodAssignedSingleChoiceAttribute,
    IndexedProductTranslation,
    IndexedProductUseLevelAssignedAttribute,
    IndexedProductUseLevelAssignedMultiChoiceAttribute,
    IndexedProductUseLevelAssignedSingleChoiceAttribute,
    SearchTexts,
    SearchTextsBoxContentsAssignedAttribute,
    SearchTextsBoxContentsAssignedPlainTextAttribute,
    SearchTextsCupSizesAssignedAttribute,
    SearchTextsCupSizesAssignedMultiChoiceAttribute,
    SearchTextsCupSizesAssignedSingleChoiceAttribute,
    SearchTextsOwnWords,
    SearchTextsProductVariants,
)


class SearchIndex(BaseModel):
    products: Optional["SearchIndexProducts"]


class SearchIndexProducts(BaseModel):
    page_info: "SearchIndexProductsPageInfo" = Field(alias="pageInfo")
    edges: list["SearchIndexProductsEdges"]


class SearchIndexProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class SearchIndexProductsEdges(BaseModel):
    node: "SearchIndexProductsEdgesNode"


class SearchIndexProductsEdgesNode(IndexedProduct, SearchTexts):
    pass


SearchIndex.model_rebuild()
SearchIndexProducts.model_rebuild()
SearchIndexProductsEdges.model_rebuild()
