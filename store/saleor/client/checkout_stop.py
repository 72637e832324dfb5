from typing import Optional

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    BasketLines,
    BasketLinesLines,
    BasketLinesProblemsCheckoutLineProblemInsufficientStock,
    BasketLinesProblemsCheckoutLineProblemVariantNotAvailable,
    BasketLinesProblemsCheckoutProblemDeliveryMethodInvalid,
    BasketLinesProblemsCheckoutProblemDeliveryMethodStale,
    BasketLinesSubtotalPrice,
    BasketTotals,
    BasketTotalsBillingAddress,
    BasketTotalsDelivery,
    BasketTotalsShippingAddress,
    BasketTotalsShippingPrice,
    BasketTotalsTotalBalance,
    BasketTotalsTotalPrice,
)


class CheckoutStop(BaseModel):
    checkout: Optional["CheckoutStopCheckout"]


class CheckoutStopCheckout(BasketLines, BasketTotals):
    pass


CheckoutStop.model_rebuild()
