from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutLanguageCodeUpdate(BaseModel):
    checkout_language_code_update: Optional[
        "CheckoutLanguageCodeUpdateCheckoutLanguageCodeUpdate"
    ] = Field(alias="checkoutLanguageCodeUpdate")


class CheckoutLanguageCodeUpdateCheckoutLanguageCodeUpdate(BaseModel):
    errors: list["CheckoutLanguageCodeUpdateCheckoutLanguageCodeUpdateErrors"]


class CheckoutLanguageCodeUpdateCheckoutLanguageCodeUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutLanguageCodeUpdate.model_rebuild()
CheckoutLanguageCodeUpdateCheckoutLanguageCodeUpdate.model_rebuild()
