from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CollectionErrorCode


class CollectionUpdate(BaseModel):
    collection_update: Optional["CollectionUpdateCollectionUpdate"] = Field(
        alias="collectionUpdate"
    )


class CollectionUpdateCollectionUpdate(BaseModel):
    collection: Optional["CollectionUpdateCollectionUpdateCollection"]
    errors: list["CollectionUpdateCollectionUpdateErrors"]


class CollectionUpdateCollectionUpdateCollection(BaseModel):
    id: str
    slug: str


class CollectionUpdateCollectionUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CollectionErrorCode


CollectionUpdate.model_rebuild()
CollectionUpdateCollectionUpdate.model_rebuild()
