from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AppErrorCode


class AppDelete(BaseModel):
    app_delete: Optional["AppDeleteAppDelete"] = Field(alias="appDelete")


class AppDeleteAppDelete(BaseModel):
    errors: list["AppDeleteAppDeleteErrors"]


class AppDeleteAppDeleteErrors(BaseModel):
    field: Optional[str]
    code: AppErrorCode
    message: Optional[str]


AppDelete.model_rebuild()
AppDeleteAppDelete.model_rebuild()
