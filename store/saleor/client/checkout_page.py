from typing import Optional

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    CheckoutLines,
    CheckoutLinesCards,
    CheckoutLinesChannel,
    CheckoutLinesLines,
    CheckoutLinesProblemsCheckoutLineProblemInsufficientStock,
    CheckoutLinesProblemsCheckoutLineProblemVariantNotAvailable,
    CheckoutLinesProblemsCheckoutProblemDeliveryMethodInvalid,
    CheckoutLinesProblemsCheckoutProblemDeliveryMethodStale,
    CheckoutMoneyDelivery,
    CheckoutMoneyDiscount,
    CheckoutMoneyGiftCards,
    CheckoutMoneyShippingPrice,
    CheckoutMoneySubtotalPrice,
    CheckoutMoneyTotalPrice,
    CheckoutTotals,
    CheckoutTotalsBillingAddress,
    CheckoutTotalsShippingAddress,
    CheckoutTotalsTotalBalance,
)


class CheckoutPage(BaseModel):
    checkout: Optional["CheckoutPageCheckout"]


class CheckoutPageCheckout(CheckoutLines, CheckoutTotals):
    pass


CheckoutPage.model_rebuild()
