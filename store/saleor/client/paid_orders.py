from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import LanguageCodeEnum, OrderStatus


class PaidOrders(BaseModel):
    orders: Optional["PaidOrdersOrders"]


class PaidOrdersOrders(BaseModel):
    page_info: "PaidOrdersOrdersPageInfo" = Field(alias="pageInfo")
    edges: list["PaidOrdersOrdersEdges"]


class PaidOrdersOrdersPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class PaidOrdersOrdersEdges(BaseModel):
    node: "PaidOrdersOrdersEdgesNode"


class PaidOrdersOrdersEdgesNode(BaseModel):
    id: str
    number: str
    status: OrderStatus
    is_paid: bool = Field(alias="isPaid")
    user_email: Optional[str] = Field(alias="userEmail")
    language_code_enum: LanguageCodeEnum = Field(alias="languageCodeEnum")
    updated_at: datetime = Field(alias="updatedAt")
    total_refunded: "PaidOrdersOrdersEdgesNodeTotalRefunded" = Field(
        alias="totalRefunded"
    )


class PaidOrdersOrdersEdgesNodeTotalRefunded(BaseModel):
    amount: float


PaidOrders.model_rebuild()
PaidOrdersOrders.model_rebuild()
PaidOrdersOrdersEdges.model_rebuild()
PaidOrdersOrdersEdgesNode.model_rebuild()
