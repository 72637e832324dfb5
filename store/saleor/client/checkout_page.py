from typing import Optional

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    CheckoutLines,
    CheckoutLinesLines,
    CheckoutLinesProblemsCheckoutLineProblemInsufficientStock,
    CheckoutLinesProblemsCheckoutLineProblemVariantNotAvailable,
    CheckoutLinesProblemsCheckoutProblemDeliveryMethodInvalid,
    CheckoutLinesProblemsCheckoutProblemDeliveryMethodStale,
    CheckoutLinesSubtotalPrice,
    CheckoutTotals,
    CheckoutTotalsBillingAddress,
    CheckoutTotalsDelivery,
    CheckoutTotalsShippingAddress,
    CheckoutTotalsShippingPrice,
    CheckoutTotalsTotalBalance,
    CheckoutTotalsTotalPrice,
)


class CheckoutPage(BaseModel):
    checkout: Optional["CheckoutPageCheckout"]


class CheckoutPageCheckout(CheckoutLines, CheckoutTotals):
    pass


CheckoutPage.model_rebuild()
