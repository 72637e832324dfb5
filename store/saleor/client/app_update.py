from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode
from .fragments import ConnectedApp


class AppUpdate(BaseModel):
    app_update: Optional["AppUpdateAppUpdate"] = Field(alias="appUpdate")


class AppUpdateAppUpdate(BaseModel):
    app: Optional["AppUpdateAppUpdateApp"]
    errors: list["AppUpdateAppUpdateErrors"]


AppUpdateAppUpdateApp = ConnectedApp


class AppUpdateAppUpdateErrors(BaseModel):
    field: Optional[str]
    code: AppErrorCode
    message: Optional[str]


AppUpdate.model_rebuild()
AppUpdateAppUpdate.model_rebuild()
