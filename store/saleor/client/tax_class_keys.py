from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class TaxClassKeys(BaseModel):
    tax_classes: Optional["TaxClassKeysTaxClasses"] = Field(alias="taxClasses")


class TaxClassKeysTaxClasses(BaseModel):
    page_info: "TaxClassKeysTaxClassesPageInfo" = Field(alias="pageInfo")
    edges: list["TaxClassKeysTaxClassesEdges"]


class TaxClassKeysTaxClassesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class TaxClassKeysTaxClassesEdges(BaseModel):
    node: "TaxClassKeysTaxClassesEdgesNode"


class TaxClassKeysTaxClassesEdgesNode(BaseModel):
    id: str
    name: str


TaxClassKeys.model_rebuild()
TaxClassKeysTaxClasses.model_rebuild()
TaxClassKeysTaxClassesEdges.model_rebuild()
