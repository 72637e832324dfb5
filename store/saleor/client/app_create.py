from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode
from .fragments import ConnectedApp


class AppCreate(BaseModel):
    app_create: Optional["AppCreateAppCreate"] = Field(alias="appCreate")


class AppCreateAppCreate(BaseModel):
    app: Optional["AppCreateAppCreateApp"]
    auth_token: Optional[str] = Field(alias="authToken")
    errors: list["AppCreateAppCreateErrors"]


AppCreateAppCreateApp = ConnectedApp


class AppCreateAppCreateErrors(BaseModel):
    field: Optional[str]
    code: AppErrorCode
    message: Optional[str]


AppCreate.model_rebuild()
AppCreateAppCreate.model_rebuild()
