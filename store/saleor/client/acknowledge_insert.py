from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import MetadataErrorCode


class AcknowledgeInsert(BaseModel):
    update_metadata: Optional["AcknowledgeInsertUpdateMetadata"] = Field(
        alias="updateMetadata"
    )


class AcknowledgeInsertUpdateMetadata(BaseModel):
    errors: list["AcknowledgeInsertUpdateMetadataErrors"]


class AcknowledgeInsertUpdateMetadataErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: MetadataErrorCode


AcknowledgeInsert.model_rebuild()
AcknowledgeInsertUpdateMetadata.model_rebuild()
