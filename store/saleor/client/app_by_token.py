from typing import Optional

from .base_model import BaseModel
from .fragments import ConnectedApp


class AppByToken(BaseModel):
    app: Optional["AppByTokenApp"]


AppByTokenApp = ConnectedApp
AppByToken.model_rebuild()
