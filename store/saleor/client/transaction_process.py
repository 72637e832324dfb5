from typing import Any, Optional

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


class TransactionProcessTransactionProcessErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionProcessErrorCode


TransactionProcess.model_rebuild()
TransactionProcessTransactionProcess.model_rebuild()
