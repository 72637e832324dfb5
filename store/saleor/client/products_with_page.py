from typing import Optional

from .base_model import BaseModel
from .fragments import ProductCard


class ProductsWithPage(BaseModel):
    cards: Optional["ProductsWithPageCards"]
    products: Optional["ProductsWithPageProducts"]


class ProductsWithPageCards(BaseModel):
    edges: list["ProductsWithPageCardsEdges"]


class ProductsWithPageCardsEdges(BaseModel):
    node: "ProductsWithPageCardsEdgesNode"


ProductsWithPageCardsEdgesNode = ProductCard


class ProductsWithPageProducts(BaseModel):
    edges: list["ProductsWithPageProductsEdges"]


class ProductsWithPageProductsEdges(BaseModel):
    node: "ProductsWithPageProductsEdgesNode"


class ProductsWithPageProductsEdgesNode(BaseModel):
    name: str
    slug: str
    translation: Optional["ProductsWithPageProductsEdgesNodeTranslation"]


class ProductsWithPageProductsEdgesNodeTranslation(BaseModel):
    name: Optional[str]


ProductsWithPage.model_rebuild()
ProductsWithPageCards.model_rebuild()
ProductsWithPageCardsEdges.model_rebuild()
ProductsWithPageProducts.model_rebuild()
ProductsWithPageProductsEdges.model_rebuild()
ProductsWithPageProductsEdgesNode.model_rebuild()
