from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import MetadataErrorCode


class PrivateMetadataUpdate(BaseModel):
    update_private_metadata: Optional["PrivateMetadataUpdateUpdatePrivateMetadata"] = (
        Field(alias="updatePrivateMetadata")
    )


class PrivateMetadataUpdateUpdatePrivateMetadata(BaseModel):
    errors: list["PrivateMetadataUpdateUpdatePrivateMetadataErrors"]


class PrivateMetadataUpdateUpdatePrivateMetadataErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: MetadataErrorCode


PrivateMetadataUpdate.model_rebuild()
PrivateMetadataUpdateUpdatePrivateMetadata.model_rebuild()
