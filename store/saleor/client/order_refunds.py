from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionEventTypeEnum


class OrderRefunds(BaseModel):
    order: Optional["OrderRefundsOrder"]


class OrderRefundsOrder(BaseModel):
    transactions: list["OrderRefundsOrderTransactions"]


class OrderRefundsOrderTransactions(BaseModel):
    events: list["OrderRefundsOrderTransactionsEvents"]


class OrderRefundsOrderTransactionsEvents(BaseModel):
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")
    created_at: datetime = Field(alias="createdAt")
    amount: "OrderRefundsOrderTransactionsEventsAmount"


class OrderRefundsOrderTransactionsEventsAmount(BaseModel):
    amount: float


OrderRefunds.model_rebuild()
OrderRefundsOrder.model_rebuild()
OrderRefundsOrderTransactions.model_rebuild()
OrderRefundsOrderTransactionsEvents.model_rebuild()
