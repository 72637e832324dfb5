from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import FulfillmentStatus, LanguageCodeEnum


class RecallOrders(BaseModel):
    orders: Optional["RecallOrdersOrders"]


class RecallOrdersOrders(BaseModel):
    page_info: "RecallOrdersOrdersPageInfo" = Field(alias="pageInfo")
    edges: list["RecallOrdersOrdersEdges"]


class RecallOrdersOrdersPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class RecallOrdersOrdersEdges(BaseModel):
    node: "RecallOrdersOrdersEdgesNode"


class RecallOrdersOrdersEdgesNode(BaseModel):
    id: str
    number: str
    created: datetime
    user_email: Optional[str] = Field(alias="userEmail")
    language_code_enum: LanguageCodeEnum = Field(alias="languageCodeEnum")
    billing_address: Optional["RecallOrdersOrdersEdgesNodeBillingAddress"] = Field(
        alias="billingAddress"
    )
    lines: list["RecallOrdersOrdersEdgesNodeLines"]
    fulfillments: list["RecallOrdersOrdersEdgesNodeFulfillments"]


class RecallOrdersOrdersEdgesNodeBillingAddress(BaseModel):
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")


class RecallOrdersOrdersEdgesNodeLines(BaseModel):
    id: str
    product_sku: Optional[str] = Field(alias="productSku")
    metadata: list["RecallOrdersOrdersEdgesNodeLinesMetadata"]


class RecallOrdersOrdersEdgesNodeLinesMetadata(BaseModel):
    key: str
    value: str


class RecallOrdersOrdersEdgesNodeFulfillments(BaseModel):
    status: FulfillmentStatus
    lines: Optional[list["RecallOrdersOrdersEdgesNodeFulfillmentsLines"]]


class RecallOrdersOrdersEdgesNodeFulfillmentsLines(BaseModel):
    quantity: int
    order_line: Optional["RecallOrdersOrdersEdgesNodeFulfillmentsLinesOrderLine"] = (
        Field(alias="orderLine")
    )


class RecallOrdersOrdersEdgesNodeFulfillmentsLinesOrderLine(BaseModel):
    id: str


RecallOrders.model_rebuild()
RecallOrdersOrders.model_rebuild()
RecallOrdersOrdersEdges.model_rebuild()
RecallOrdersOrdersEdgesNode.model_rebuild()
RecallOrdersOrdersEdgesNodeLines.model_rebuild()
RecallOrdersOrdersEdgesNodeFulfillments.model_rebuild()
RecallOrdersOrdersEdgesNodeFulfillmentsLines.model_rebuild()
