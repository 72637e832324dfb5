from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class RequestPasswordReset(BaseModel):
    request_password_reset: Optional["RequestPasswordResetRequestPasswordReset"] = (
        Field(alias="requestPasswordReset")
    )


class RequestPasswordResetRequestPasswordReset(BaseModel):
    errors: list["RequestPasswordResetRequestPasswordResetErrors"]


class RequestPasswordResetRequestPasswordResetErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


RequestPasswordReset.model_rebuild()
RequestPasswordResetRequestPasswordReset.model_rebuild()
