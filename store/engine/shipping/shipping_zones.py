"""Creating and changing shipping zones. The default zone has, besides its own, the
countries that no other zone has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.engine.channels.countries import COUNTRY_CODES
from store.engine.channels.models import Channel
from store.engine.channels.validation import validate_and_save
from store.engine.errors import OperationError, Required
from store.engine.row_lock import lock_row
from store.engine.shipping.models import ShippingZone


def save(
    *,
    zone: ShippingZone,
    given: Mapping[str, Any],
    add_channels: Sequence[Channel] = (),
    remove_channels: Sequence[Channel] = (),
) -> None:
    """Create or change a zone, inside the caller's transaction. Raises Required, OperationError, OperationErrors."""
    if zone.pk is None and not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    if zone.pk is not None:
        lock_row(zone)
    changes = {
        name: given[name] for name in ("name", "description", "default") if given.get(name) is not None
    }
    default = changes.get("default", zone.default)
    if default:
        _check_single_default(zone)
    if given.get("countries") is not None:
        changes["countries"] = _validate_countries(given["countries"])
    if default:
        own = changes.get("countries") or zone.countries
        changes["countries"] = list(dict.fromkeys([*own, *_countries_without_zone(zone)]))
    validate_and_save(zone, changes, is_locked=True)
    zone.channels.remove(*remove_channels)
    zone.channels.add(*add_channels)


def _validate_countries(countries: Iterable[str]) -> list[str]:
    codes = list(dict.fromkeys(country.upper() for country in countries))
    for code in codes:
        if code not in COUNTRY_CODES:
            raise OperationError(f"{code} is no country code of ISO 3166.", field="countries")
    return codes


def _check_single_default(zone: ShippingZone) -> None:
    if ShippingZone.objects.filter(default=True).exclude(pk=zone.pk).exists():
        raise OperationError("Default shipping zone already exists.", field="default", code="ALREADY_EXISTS")


def _countries_without_zone(zone: ShippingZone) -> list[str]:
    others = ShippingZone.objects.exclude(pk=zone.pk).values_list("countries", flat=True)
    taken = {country for countries in others for country in countries}
    return [code for code in COUNTRY_CODES if code not in taken]
