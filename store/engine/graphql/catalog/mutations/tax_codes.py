"""The tax class that older clients name by `taxCode`."""

from typing import Any

from django.db.models import Q

from store.engine.errors import NotFound
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.list_arguments import matching_metadata
from store.engine.taxes.models import TaxClass

METADATA_KEYS = ("avatax.code", "vatlayer.code")


def with_tax_class(given: dict[str, Any]) -> dict[str, Any]:
    """The input with the tax class of this name, or with this code in its metadata, unless one is given by its id.

    `chargeTaxes` says nothing, as in Saleor: a channel's tax configuration does. Raises NotFound.
    """
    code = given.get("tax_code")
    if not code or "tax_class" in given:
        return given
    named = Q(name=code)
    for key in METADATA_KEYS:
        named |= matching_metadata(key)({"eq": code})
    found = TaxClass.objects.filter(named).first()
    if found is None:
        raise NotFound(f"No tax class has this code: {code}", field="taxCode")
    return given | {"tax_class": to_global_id("TaxClass", found.pk)}
