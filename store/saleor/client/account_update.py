from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class AccountUpdate(BaseModel):
    account_update: Optional["AccountUpdateAccountUpdate"] = Field(
        alias="accountUpdate"
    )


class AccountUpdateAccountUpdate(BaseModel):
    errors: list["AccountUpdateAccountUpdateErrors"]


class AccountUpdateAccountUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


AccountUpdate.model_rebuild()
AccountUpdateAccountUpdate.model_rebuild()
