from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class AccountSetDefaultAddress(BaseModel):
    account_set_default_address: Optional[
        "AccountSetDefaultAddressAccountSetDefaultAddress"
    ] = Field(alias="accountSetDefaultAddress")


class AccountSetDefaultAddressAccountSetDefaultAddress(BaseModel):
    errors: list["AccountSetDefaultAddressAccountSetDefaultAddressErrors"]


class AccountSetDefaultAddressAccountSetDefaultAddressErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


AccountSetDefaultAddress.model_rebuild()
AccountSetDefaultAddressAccountSetDefaultAddress.model_rebuild()
