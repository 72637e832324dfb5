from typing import Optional

from .base_model import BaseModel
from .fragments import ProductCard


class ProductsOfGuide(BaseModel):
    products: Optional["ProductsOfGuideProducts"]


class ProductsOfGuideProducts(BaseModel):
    edges: list["ProductsOfGuideProductsEdges"]


class ProductsOfGuideProductsEdges(BaseModel):
    node: "ProductsOfGuideProductsEdgesNode"


ProductsOfGuideProductsEdgesNode = ProductCard
ProductsOfGuide.model_rebuild()
ProductsOfGuideProducts.model_rebuild()
ProductsOfGuideProductsEdges.model_rebuild()
