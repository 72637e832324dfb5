"""Shipping zones: countries, channels, and the zone that takes every country nobody else has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.engine.channels.countries import CODES
from store.engine.channels.models import Channel
from store.engine.channels.validation import saved
from store.engine.errors import Refusal, Required
from store.engine.shipping.models import ShippingZone


def save(
    *,
    zone: ShippingZone,
    given: Mapping[str, Any],
    add_channels: Sequence[Channel] = (),
    remove_channels: Sequence[Channel] = (),
) -> None:
    """Make or change a zone. Inside the caller's transaction."""
    if zone.pk is None and not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    changes = {
        name: given[name] for name in ("name", "description", "default") if given.get(name) is not None
    }
    default = changes.get("default", zone.default)
    if default:
        _only_one_default(zone)
    if given.get("countries") is not None:
        changes["countries"] = _known(given["countries"])
    if default and not changes.get("countries"):
        changes["countries"] = _without_zone(zone)
    saved(zone, changes)
    zone.channels.remove(*remove_channels)
    zone.channels.add(*add_channels)


def _known(countries: Iterable[str]) -> list[str]:
    codes = list(dict.fromkeys(country.upper() for country in countries))
    for code in codes:
        if code not in CODES:
            raise Refusal(f"{code} is no country code of ISO 3166.", field="countries")
    return codes


def _only_one_default(zone: ShippingZone) -> None:
    if ShippingZone.objects.filter(default=True).exclude(pk=zone.pk).exists():
        raise Refusal("Default shipping zone already exists.", field="default", code="ALREADY_EXISTS")


def _without_zone(zone: ShippingZone) -> list[str]:
    others = ShippingZone.objects.exclude(pk=zone.pk).values_list("countries", flat=True)
    taken = {country for countries in others for country in countries}
    return [code for code in CODES if code not in taken]
