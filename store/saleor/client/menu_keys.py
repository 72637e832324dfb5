from typing import Optional

from .base_model import BaseModel


class MenuKeys(BaseModel):
    menu: Optional["MenuKeysMenu"]


class MenuKeysMenu(BaseModel):
    id: str
    slug: str
    items: Optional[list["MenuKeysMenuItems"]]


class MenuKeysMenuItems(BaseModel):
    id: str
    name: str
    de: Optional["MenuKeysMenuItemsDe"]
    es: Optional["MenuKeysMenuItemsEs"]
    children: Optional[list["MenuKeysMenuItemsChildren"]]


class MenuKeysMenuItemsDe(BaseModel):
    name: str


class MenuKeysMenuItemsEs(BaseModel):
    name: str


class MenuKeysMenuItemsChildren(BaseModel):
    id: str
    name: str


MenuKeys.model_rebuild()
MenuKeysMenu.model_rebuild()
MenuKeysMenuItems.model_rebuild()
