from typing import Annotated, Any, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionEventTypeEnum, TransactionProcessErrorCode


class TransactionProcess(BaseModel):
    transaction_process: Optional["TransactionProcessTransactionProcess"] = Field(
        alias="transactionProcess"
    )


class TransactionProcessTransactionProcess(BaseModel):
    data: Optional[Any]
    transaction_event: Optional[
        "TransactionProcessTransactionProcessTransactionEvent"
    ] = Field(alias="transactionEvent")
    errors: list["TransactionProcessTransactionProcessErrors"]


class TransactionProcessTransactionProcessTransactionEvent(BaseModel):
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")
    message: str
    psp_reference: str = Field(alias="pspReference")
    created_by: Optional[
        Annotated[
            Union[
                "TransactionProcessTransactionProcessTransactionEventCreatedByUser",
                "TransactionProcessTransactionProcessTransactionEventCreatedByApp",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="createdBy")


class TransactionProcessTransactionProcessTransactionEventCreatedByUser(BaseModel):
    typename__: Literal["User"] = Field(alias="__typename")


class TransactionProcessTransactionProcessTransactionEventCreatedByApp(BaseModel):
    typename__: Literal["App"] = Field(alias="__typename")


class TransactionProcessTransactionProcessErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionProcessErrorCode


TransactionProcess.model_rebuild()
TransactionProcessTransactionProcess.model_rebuild()
TransactionProcessTransactionProcessTransactionEvent.model_rebuild()
