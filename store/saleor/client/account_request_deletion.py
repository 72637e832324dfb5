from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class AccountRequestDeletion(BaseModel):
    account_request_deletion: Optional[
        "AccountRequestDeletionAccountRequestDeletion"
    ] = Field(alias="accountRequestDeletion")


class AccountRequestDeletionAccountRequestDeletion(BaseModel):
    errors: list["AccountRequestDeletionAccountRequestDeletionErrors"]


class AccountRequestDeletionAccountRequestDeletionErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


AccountRequestDeletion.model_rebuild()
AccountRequestDeletionAccountRequestDeletion.model_rebuild()
