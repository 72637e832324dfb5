from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class ConfirmEmailChange(BaseModel):
    confirm_email_change: Optional["ConfirmEmailChangeConfirmEmailChange"] = Field(
        alias="confirmEmailChange"
    )


class ConfirmEmailChangeConfirmEmailChange(BaseModel):
    errors: list["ConfirmEmailChangeConfirmEmailChangeErrors"]


class ConfirmEmailChangeConfirmEmailChangeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


ConfirmEmailChange.model_rebuild()
ConfirmEmailChangeConfirmEmailChange.model_rebuild()
