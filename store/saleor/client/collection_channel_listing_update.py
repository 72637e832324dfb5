from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class CollectionChannelListingUpdate(BaseModel):
    collection_channel_listing_update: Optional[
        "CollectionChannelListingUpdateCollectionChannelListingUpdate"
    ] = Field(alias="collectionChannelListingUpdate")


class CollectionChannelListingUpdateCollectionChannelListingUpdate(BaseModel):
    collection: Optional[
        "CollectionChannelListingUpdateCollectionChannelListingUpdateCollection"
    ]
    errors: list["CollectionChannelListingUpdateCollectionChannelListingUpdateErrors"]


class CollectionChannelListingUpdateCollectionChannelListingUpdateCollection(BaseModel):
    id: str


class CollectionChannelListingUpdateCollectionChannelListingUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode


CollectionChannelListingUpdate.model_rebuild()
CollectionChannelListingUpdateCollectionChannelListingUpdate.model_rebuild()
