from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class AccountAddressUpdate(BaseModel):
    account_address_update: Optional["AccountAddressUpdateAccountAddressUpdate"] = (
        Field(alias="accountAddressUpdate")
    )


class AccountAddressUpdateAccountAddressUpdate(BaseModel):
    errors: list["AccountAddressUpdateAccountAddressUpdateErrors"]


class AccountAddressUpdateAccountAddressUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


AccountAddressUpdate.model_rebuild()
AccountAddressUpdateAccountAddressUpdate.model_rebuild()
