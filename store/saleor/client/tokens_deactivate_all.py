from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AccountErrorCode


class TokensDeactivateAll(BaseModel):
    tokens_deactivate_all: Optional["TokensDeactivateAllTokensDeactivateAll"] = Field(
        alias="tokensDeactivateAll"
    )


class TokensDeactivateAllTokensDeactivateAll(BaseModel):
    errors: list["TokensDeactivateAllTokensDeactivateAllErrors"]


class TokensDeactivateAllTokensDeactivateAllErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AccountErrorCode


TokensDeactivateAll.model_rebuild()
TokensDeactivateAllTokensDeactivateAll.model_rebuild()
