from typing import Annotated, Any, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionEventTypeEnum, TransactionInitializeErrorCode


class TransactionInitialize(BaseModel):
    transaction_initialize: Optional["TransactionInitializeTransactionInitialize"] = (
        Field(alias="transactionInitialize")
    )


class TransactionInitializeTransactionInitialize(BaseModel):
    data: Optional[Any]
    transaction: Optional["TransactionInitializeTransactionInitializeTransaction"]
    transaction_event: Optional[
        "TransactionInitializeTransactionInitializeTransactionEvent"
    ] = Field(alias="transactionEvent")
    errors: list["TransactionInitializeTransactionInitializeErrors"]


class TransactionInitializeTransactionInitializeTransaction(BaseModel):
    id: str


class TransactionInitializeTransactionInitializeTransactionEvent(BaseModel):
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")
    message: str
    psp_reference: str = Field(alias="pspReference")
    created_by: Optional[
        Annotated[
            Union[
                "TransactionInitializeTransactionInitializeTransactionEventCreatedByUser",
                "TransactionInitializeTransactionInitializeTransactionEventCreatedByApp",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="createdBy")


class TransactionInitializeTransactionInitializeTransactionEventCreatedByUser(
    BaseModel
):
    typename__: Literal["User"] = Field(alias="__typename")


class TransactionInitializeTransactionInitializeTransactionEventCreatedByApp(BaseModel):
    typename__: Literal["App"] = Field(alias="__typename")


class TransactionInitializeTransactionInitializeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionInitializeErrorCode


TransactionInitialize.model_rebuild()
TransactionInitializeTransactionInitialize.model_rebuild()
TransactionInitializeTransactionInitializeTransactionEvent.model_rebuild()
