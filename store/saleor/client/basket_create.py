from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class BasketCreate(BaseModel):
    checkout_create: Optional["BasketCreateCheckoutCreate"] = Field(
        alias="checkoutCreate"
    )


class BasketCreateCheckoutCreate(BaseModel):
    checkout: Optional["BasketCreateCheckoutCreateCheckout"]
    errors: list["BasketCreateCheckoutCreateErrors"]


class BasketCreateCheckoutCreateCheckout(BaseModel):
    id: str
    quantity: int


class BasketCreateCheckoutCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


BasketCreate.model_rebuild()
BasketCreateCheckoutCreate.model_rebuild()
