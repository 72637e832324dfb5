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


class CheckoutContactStop(BaseModel):
    checkout: Optional["CheckoutContactStopCheckout"]
    channel: Optional["CheckoutContactStopChannel"]


class CheckoutContactStopCheckout(BasketLines, BasketTotals):
    pass


class CheckoutContactStopChannel(BaseModel):
    countries: Optional[list["CheckoutContactStopChannelCountries"]]


class CheckoutContactStopChannelCountries(BaseModel):
    code: str
    country: str


CheckoutContactStop.model_rebuild()
CheckoutContactStopChannel.model_rebuild()
