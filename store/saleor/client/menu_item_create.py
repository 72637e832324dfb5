from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import MenuErrorCode


class MenuItemCreate(BaseModel):
    menu_item_create: Optional["MenuItemCreateMenuItemCreate"] = Field(
        alias="menuItemCreate"
    )


class MenuItemCreateMenuItemCreate(BaseModel):
    menu_item: Optional["MenuItemCreateMenuItemCreateMenuItem"] = Field(
        alias="menuItem"
    )
    errors: list["MenuItemCreateMenuItemCreateErrors"]


class MenuItemCreateMenuItemCreateMenuItem(BaseModel):
    id: str
    name: str


class MenuItemCreateMenuItemCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: MenuErrorCode


MenuItemCreate.model_rebuild()
MenuItemCreateMenuItemCreate.model_rebuild()
