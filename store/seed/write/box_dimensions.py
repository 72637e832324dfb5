"""The dimensions of the cups in the box, as product metadata."""

import json
from collections.abc import Sequence

from store.saleor.client.input_types import MetadataInput
from store.seed.read.file_models import Cups


def cups_metadata(cups: Sequence[Cups]) -> list[MetadataInput]:
    """JSON under the key `cups` (millimeters); no entry for a product without cups."""
    value = json.dumps([cup.model_dump() for cup in cups])
    return [MetadataInput(key="cups", value=value)] if cups else []
