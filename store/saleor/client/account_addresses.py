from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import LanguageCodeEnum
from .fragments import (
    AddressBlock,
    AddressBlockCountry,  # noqa: F401
)


class AccountAddresses(BaseModel):
    me: Optional["AccountAddressesMe"]


class AccountAddressesMe(BaseModel):
    email: str
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")
    language_code: LanguageCodeEnum = Field(alias="languageCode")
    addresses: list["AccountAddressesMeAddresses"]


class AccountAddressesMeAddresses(AddressBlock):
    id: str
    is_default_shipping_address: Optional[bool] = Field(
        alias="isDefaultShippingAddress"
    )
    is_default_billing_address: Optional[bool] = Field(alias="isDefaultBillingAddress")


AccountAddresses.model_rebuild()
AccountAddressesMe.model_rebuild()
