from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class FooterMenu(BaseModel):
    menu: Optional["FooterMenuMenu"]


class FooterMenuMenu(BaseModel):
    items: Optional[list["FooterMenuMenuItems"]]


class FooterMenuMenuItems(BaseModel):
    name: str
    url: Optional[str]
    translation: Optional["FooterMenuMenuItemsTranslation"]
    page: Optional["FooterMenuMenuItemsPage"]
    category: Optional["FooterMenuMenuItemsCategory"]


class FooterMenuMenuItemsTranslation(BaseModel):
    name: str


class FooterMenuMenuItemsPage(BaseModel):
    slug: str
    page_type: "FooterMenuMenuItemsPagePageType" = Field(alias="pageType")


class FooterMenuMenuItemsPagePageType(BaseModel):
    slug: str


class FooterMenuMenuItemsCategory(BaseModel):
    slug: str


FooterMenu.model_rebuild()
FooterMenuMenu.model_rebuild()
FooterMenuMenuItems.model_rebuild()
FooterMenuMenuItemsPage.model_rebuild()
