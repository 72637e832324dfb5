from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class PasswordChange(BaseModel):
    password_change: Optional["PasswordChangePasswordChange"] = Field(
        alias="passwordChange"
    )


class PasswordChangePasswordChange(BaseModel):
    errors: list["PasswordChangePasswordChangeErrors"]


class PasswordChangePasswordChangeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


PasswordChange.model_rebuild()
PasswordChangePasswordChange.model_rebuild()
