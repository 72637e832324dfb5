from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import AttributeErrorCode


class AttributeUpdate(BaseModel):
    attribute_update: Optional["AttributeUpdateAttributeUpdate"] = Field(
        alias="attributeUpdate"
    )


class AttributeUpdateAttributeUpdate(BaseModel):
    attribute: Optional["AttributeUpdateAttributeUpdateAttribute"]
    errors: list["AttributeUpdateAttributeUpdateErrors"]


class AttributeUpdateAttributeUpdateAttribute(BaseModel):
    id: str
    slug: str


class AttributeUpdateAttributeUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: AttributeErrorCode


AttributeUpdate.model_rebuild()
AttributeUpdateAttributeUpdate.model_rebuild()
