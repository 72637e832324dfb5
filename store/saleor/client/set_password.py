from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class SetPassword(BaseModel):
    set_password: Optional["SetPasswordSetPassword"] = Field(alias="setPassword")


class SetPasswordSetPassword(BaseModel):
    refresh_token: Optional[str] = Field(alias="refreshToken")
    errors: list["SetPasswordSetPasswordErrors"]


class SetPasswordSetPasswordErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


SetPassword.model_rebuild()
SetPasswordSetPassword.model_rebuild()
