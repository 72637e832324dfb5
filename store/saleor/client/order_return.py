from typing import Optional

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    FulfillmentProgress,
    OrderLineProgress,
    OrderProgress,
    OrderProgressShippingPrice,
    OrderProgressTotal,
    OrderProgressTotalAuthorized,
    OrderProgressTotalCharged,
    OrderProgressTotalRefunded,
)


class OrderReturn(BaseModel):
    order: Optional["OrderReturnOrder"]


class OrderReturnOrder(OrderProgress):
    id: str
    request: Optional[str]
    lines: list["OrderReturnOrderLines"]
    fulfillments: list["OrderReturnOrderFulfillments"]


OrderReturnOrderLines = OrderLineProgress
OrderReturnOrderFulfillments = FulfillmentProgress
OrderReturn.model_rebuild()
OrderReturnOrder.model_rebuild()
