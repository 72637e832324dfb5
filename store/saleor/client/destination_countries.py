from typing import Optional

from .base_model import BaseModel


class DestinationCountries(BaseModel):
    channel: Optional["DestinationCountriesChannel"]


class DestinationCountriesChannel(BaseModel):
    countries: Optional[list["DestinationCountriesChannelCountries"]]


class DestinationCountriesChannelCountries(BaseModel):
    code: str
    country: str


DestinationCountries.model_rebuild()
DestinationCountriesChannel.model_rebuild()
