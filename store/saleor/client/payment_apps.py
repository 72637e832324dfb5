from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WebhookEventTypeSyncEnum


class PaymentApps(BaseModel):
    apps: Optional["PaymentAppsApps"]


class PaymentAppsApps(BaseModel):
    edges: list["PaymentAppsAppsEdges"]


class PaymentAppsAppsEdges(BaseModel):
    node: "PaymentAppsAppsEdgesNode"


class PaymentAppsAppsEdgesNode(BaseModel):
    name: Optional[str]
    identifier: Optional[str]
    webhooks: Optional[list["PaymentAppsAppsEdgesNodeWebhooks"]]


class PaymentAppsAppsEdgesNodeWebhooks(BaseModel):
    is_active: bool = Field(alias="isActive")
    sync_events: list["PaymentAppsAppsEdgesNodeWebhooksSyncEvents"] = Field(
        alias="syncEvents"
    )


class PaymentAppsAppsEdgesNodeWebhooksSyncEvents(BaseModel):
    event_type: WebhookEventTypeSyncEnum = Field(alias="eventType")


PaymentApps.model_rebuild()
PaymentAppsApps.model_rebuild()
PaymentAppsAppsEdges.model_rebuild()
PaymentAppsAppsEdgesNode.model_rebuild()
PaymentAppsAppsEdgesNodeWebhooks.model_rebuild()
