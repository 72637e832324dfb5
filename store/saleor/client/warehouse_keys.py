from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class WarehouseKeys(BaseModel):
    warehouses: Optional["WarehouseKeysWarehouses"]


class WarehouseKeysWarehouses(BaseModel):
    page_info: "WarehouseKeysWarehousesPageInfo" = Field(alias="pageInfo")
    edges: list["WarehouseKeysWarehousesEdges"]


class WarehouseKeysWarehousesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class WarehouseKeysWarehousesEdges(BaseModel):
    node: "WarehouseKeysWarehousesEdgesNode"


class WarehouseKeysWarehousesEdgesNode(BaseModel):
    id: str
    slug: str


WarehouseKeys.model_rebuild()
WarehouseKeysWarehouses.model_rebuild()
WarehouseKeysWarehousesEdges.model_rebuild()
