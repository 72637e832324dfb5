from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionEventTypeEnum, TransactionInitializeErrorCode


class CheckoutPay(BaseModel):
    transaction_initialize: Optional["CheckoutPayTransactionInitialize"] = Field(
        alias="transactionInitialize"
    )


class CheckoutPayTransactionInitialize(BaseModel):
    transaction_event: Optional["CheckoutPayTransactionInitializeTransactionEvent"] = (
        Field(alias="transactionEvent")
    )
    errors: list["CheckoutPayTransactionInitializeErrors"]


class CheckoutPayTransactionInitializeTransactionEvent(BaseModel):
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")
    message: str


class CheckoutPayTransactionInitializeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionInitializeErrorCode


CheckoutPay.model_rebuild()
CheckoutPayTransactionInitialize.model_rebuild()
