from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WebhookErrorCode


class WebhookDelete(BaseModel):
    webhook_delete: Optional["WebhookDeleteWebhookDelete"] = Field(
        alias="webhookDelete"
    )


class WebhookDeleteWebhookDelete(BaseModel):
    errors: list["WebhookDeleteWebhookDeleteErrors"]


class WebhookDeleteWebhookDeleteErrors(BaseModel):
    field: Optional[str]
    code: WebhookErrorCode
    message: Optional[str]


WebhookDelete.model_rebuild()
WebhookDeleteWebhookDelete.model_rebuild()
