from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class ConfirmAccount(BaseModel):
    confirm_account: Optional["ConfirmAccountConfirmAccount"] = Field(
        alias="confirmAccount"
    )


class ConfirmAccountConfirmAccount(BaseModel):
    errors: list["ConfirmAccountConfirmAccountErrors"]


class ConfirmAccountConfirmAccountErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


ConfirmAccount.model_rebuild()
ConfirmAccountConfirmAccount.model_rebuild()
