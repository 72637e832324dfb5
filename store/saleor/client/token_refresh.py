from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class TokenRefresh(BaseModel):
    token_refresh: Optional["TokenRefreshTokenRefresh"] = Field(alias="tokenRefresh")


class TokenRefreshTokenRefresh(BaseModel):
    token: Optional[str]
    errors: list["TokenRefreshTokenRefreshErrors"]


class TokenRefreshTokenRefreshErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


TokenRefresh.model_rebuild()
TokenRefreshTokenRefresh.model_rebuild()
