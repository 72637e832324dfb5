from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class PaymentGateways(BaseModel):
    checkout: Optional["PaymentGatewaysCheckout"]


class PaymentGatewaysCheckout(BaseModel):
    available_payment_gateways: list[
        "PaymentGatewaysCheckoutAvailablePaymentGateways"
    ] = Field(alias="availablePaymentGateways")


class PaymentGatewaysCheckoutAvailablePaymentGateways(BaseModel):
    id: str
    name: str


PaymentGateways.model_rebuild()
PaymentGatewaysCheckout.model_rebuild()
