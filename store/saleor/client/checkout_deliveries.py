from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import DeliveryOptionsCalculateErrorCode


class CheckoutDeliveries(BaseModel):
    delivery_options_calculate: Optional[
        "CheckoutDeliveriesDeliveryOptionsCalculate"
    ] = Field(alias="deliveryOptionsCalculate")


class CheckoutDeliveriesDeliveryOptionsCalculate(BaseModel):
    deliveries: list["CheckoutDeliveriesDeliveryOptionsCalculateDeliveries"]
    errors: list["CheckoutDeliveriesDeliveryOptionsCalculateErrors"]


class CheckoutDeliveriesDeliveryOptionsCalculateDeliveries(BaseModel):
    id: str
    shipping_method: Optional[
        "CheckoutDeliveriesDeliveryOptionsCalculateDeliveriesShippingMethod"
    ] = Field(alias="shippingMethod")


class CheckoutDeliveriesDeliveryOptionsCalculateDeliveriesShippingMethod(BaseModel):
    id: str
    name: str
    active: bool
    message: Optional[str]
    minimum_delivery_days: Optional[int] = Field(alias="minimumDeliveryDays")
    maximum_delivery_days: Optional[int] = Field(alias="maximumDeliveryDays")
    price: "CheckoutDeliveriesDeliveryOptionsCalculateDeliveriesShippingMethodPrice"


class CheckoutDeliveriesDeliveryOptionsCalculateDeliveriesShippingMethodPrice(
    BaseModel
):
    amount: float
    currency: str


class CheckoutDeliveriesDeliveryOptionsCalculateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: DeliveryOptionsCalculateErrorCode


CheckoutDeliveries.model_rebuild()
CheckoutDeliveriesDeliveryOptionsCalculate.model_rebuild()
CheckoutDeliveriesDeliveryOptionsCalculateDeliveries.model_rebuild()
CheckoutDeliveriesDeliveryOptionsCalculateDeliveriesShippingMethod.model_rebuild()
