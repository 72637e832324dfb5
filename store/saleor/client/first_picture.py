from typing import Optional

from .base_model import BaseModel


class FirstPicture(BaseModel):
    products: Optional["FirstPictureProducts"]


class FirstPictureProducts(BaseModel):
    edges: list["FirstPictureProductsEdges"]


class FirstPictureProductsEdges(BaseModel):
    node: "FirstPictureProductsEdgesNode"


class FirstPictureProductsEdgesNode(BaseModel):
    thumbnail: Optional["FirstPictureProductsEdgesNodeThumbnail"]
    media: Optional[list["FirstPictureProductsEdgesNodeMedia"]]


class FirstPictureProductsEdgesNodeThumbnail(BaseModel):
    url: str


class FirstPictureProductsEdgesNodeMedia(BaseModel):
    url: str


FirstPicture.model_rebuild()
FirstPictureProducts.model_rebuild()
FirstPictureProductsEdges.model_rebuild()
FirstPictureProductsEdgesNode.model_rebuild()
