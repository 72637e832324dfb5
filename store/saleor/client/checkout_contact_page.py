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


class CheckoutContactPage(BaseModel):
    checkout: Optional["CheckoutContactPageCheckout"]
    channel: Optional["CheckoutContactPageChannel"]


class CheckoutContactPageCheckout(CheckoutLines, CheckoutTotals):
    pass


class CheckoutContactPageChannel(BaseModel):
    countries: Optional[list["CheckoutContactPageChannelCountries"]]


class CheckoutContactPageChannelCountries(BaseModel):
    code: str
    country: str


CheckoutContactPage.model_rebuild()
CheckoutContactPageChannel.model_rebuild()
