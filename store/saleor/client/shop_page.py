from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ShopPage(BaseModel):
    page: Optional["ShopPagePage"]


class ShopPagePage(BaseModel):
    slug: str
    title: str
    content: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")
    page_type: "ShopPagePagePageType" = Field(alias="pageType")
    translation: Optional["ShopPagePageTranslation"]


class ShopPagePagePageType(BaseModel):
    slug: str


class ShopPagePageTranslation(BaseModel):
    title: Optional[str]
    content: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")


ShopPage.model_rebuild()
ShopPagePage.model_rebuild()
