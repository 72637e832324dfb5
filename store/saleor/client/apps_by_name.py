from typing import Optional

from .base_model import BaseModel
from .fragments import ConnectedApp


class AppsByName(BaseModel):
    apps: Optional["AppsByNameApps"]


class AppsByNameApps(BaseModel):
    edges: list["AppsByNameAppsEdges"]


class AppsByNameAppsEdges(BaseModel):
    node: "AppsByNameAppsEdgesNode"


AppsByNameAppsEdgesNode = ConnectedApp
AppsByName.model_rebuild()
AppsByNameApps.model_rebuild()
AppsByNameAppsEdges.model_rebuild()
