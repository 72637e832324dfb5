from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class AccountDelete(BaseModel):
    account_delete: Optional["AccountDeleteAccountDelete"] = Field(
        alias="accountDelete"
    )


class AccountDeleteAccountDelete(BaseModel):
    errors: list["AccountDeleteAccountDeleteErrors"]


class AccountDeleteAccountDeleteErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


AccountDelete.model_rebuild()
AccountDeleteAccountDelete.model_rebuild()
