from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import FulfillmentStatus, LanguageCodeEnum, OrderOriginEnum, OrderStatus
from .fragments import LineInsert


class ChangedOrders(BaseModel):
    orders: Optional["ChangedOrdersOrders"]


class ChangedOrdersOrders(BaseModel):
    page_info: "ChangedOrdersOrdersPageInfo" = Field(alias="pageInfo")
    edges: list["ChangedOrdersOrdersEdges"]


class ChangedOrdersOrdersPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ChangedOrdersOrdersEdges(BaseModel):
    node: "ChangedOrdersOrdersEdgesNode"


class ChangedOrdersOrdersEdgesNode(BaseModel):
    id: str
    number: str
    status: OrderStatus
    is_paid: bool = Field(alias="isPaid")
    origin: OrderOriginEnum
    user_email: Optional[str] = Field(alias="userEmail")
    language_code_enum: LanguageCodeEnum = Field(alias="languageCodeEnum")
    updated_at: datetime = Field(alias="updatedAt")
    total_refunded: "ChangedOrdersOrdersEdgesNodeTotalRefunded" = Field(
        alias="totalRefunded"
    )
    fulfillments: list["ChangedOrdersOrdersEdgesNodeFulfillments"]


class ChangedOrdersOrdersEdgesNodeTotalRefunded(BaseModel):
    amount: float


class ChangedOrdersOrdersEdgesNodeFulfillments(BaseModel):
    id: str
    status: FulfillmentStatus
    created: datetime
    tracking_number: str = Field(alias="trackingNumber")
    delivered_at: Optional[str] = Field(alias="deliveredAt")
    shipped_at: Optional[str] = Field(alias="shippedAt")
    lines: Optional[list["ChangedOrdersOrdersEdgesNodeFulfillmentsLines"]]


class ChangedOrdersOrdersEdgesNodeFulfillmentsLines(BaseModel):
    quantity: int
    order_line: Optional["ChangedOrdersOrdersEdgesNodeFulfillmentsLinesOrderLine"] = (
        Field(alias="orderLine")
    )


ChangedOrdersOrdersEdgesNodeFulfillmentsLinesOrderLine = LineInsert
ChangedOrders.model_rebuild()
ChangedOrdersOrders.model_rebuild()
ChangedOrdersOrdersEdges.model_rebuild()
ChangedOrdersOrdersEdgesNode.model_rebuild()
ChangedOrdersOrdersEdgesNodeFulfillments.model_rebuild()
ChangedOrdersOrdersEdgesNodeFulfillmentsLines.model_rebuild()
