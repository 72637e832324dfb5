from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class RequestEmailChange(BaseModel):
    request_email_change: Optional["RequestEmailChangeRequestEmailChange"] = Field(
        alias="requestEmailChange"
    )


class RequestEmailChangeRequestEmailChange(BaseModel):
    errors: list["RequestEmailChangeRequestEmailChangeErrors"]


class RequestEmailChangeRequestEmailChangeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


RequestEmailChange.model_rebuild()
RequestEmailChangeRequestEmailChange.model_rebuild()
