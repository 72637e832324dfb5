"""Making a basket, putting in, changing, taking out."""

from collections.abc import Iterable
from typing import Any

from store.engine.accounts import address_validation
from store.engine.channels.models import Channel
from store.engine.checkout import lines as checkout_lines
from store.engine.checkout.lines import Changed, Wanted
from store.engine.errors import Refusal
from store.engine.graphql.accounts.types import language_in
from store.engine.graphql.channels.request_channel import by_slug, required_channel
from store.engine.graphql.checkout.addresses import checks_of
from store.engine.graphql.checkout.lookup import checkout_pk, int_of, uuid_of
from store.engine.graphql.registry import Info, mutation


def _channel(info: Info, slug: str | None) -> Channel:
    if slug:
        return required_channel(info, slug)
    active = [one for one in by_slug(info.context).values() if one.is_active]
    if len(active) == 1:
        return active[0]
    raise Refusal("Channel slug is required.", field="channel", code="MISSING_CHANNEL_SLUG")


def _wanted(lines: Iterable[dict[str, Any]]) -> list[Wanted]:
    return [
        Wanted(
            variant_id=int_of(line["variant_id"], "ProductVariant", field="variantId"),
            quantity=line["quantity"],
            metadata=checkout_lines.metadata_of(line.get("metadata")),
            force_new_line=bool(line.get("force_new_line")),
        )
        for line in lines
    ]


@mutation
def checkout_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    rules = input.get("validation_rules") or {}
    places = {
        kind: address_validation.cleaned(
            given, checks=checks_of(rules.get(kind)), address_type=kind[:-8].upper()
        )
        for kind in ("shipping_address", "billing_address")
        if (given := input.get(kind)) is not None
    }
    made = checkout_lines.create(
        channel=_channel(info, input.get("channel")),
        wanted=_wanted(input["lines"]),
        user=info.context.user,
        email=input.get("email"),
        language_code=language_in(input.get("language_code") or "EN"),
        shipping_address=places.get("shipping_address"),
        billing_address=places.get("billing_address"),
        metadata=checkout_lines.metadata_of(input.get("metadata")),
    )
    return {"checkout": made}


@mutation
def checkout_lines_add(info: Info, *, lines: list[dict[str, Any]], id: str | None = None) -> dict[str, Any]:
    return {"checkout": checkout_lines.add_lines(checkout_id=checkout_pk(id), wanted=_wanted(lines))}


@mutation
def checkout_lines_update(
    info: Info, *, lines: list[dict[str, Any]], id: str | None = None
) -> dict[str, Any]:
    return {
        "checkout": checkout_lines.update_lines(
            checkout_id=checkout_pk(id), changes=[_changed(one) for one in lines]
        )
    }


def _changed(line: dict[str, Any]) -> Changed:
    if line.get("quantity") is None:
        raise Refusal("The quantity is required for all lines.", field="quantity", code="REQUIRED")
    line_id, variant_id = line.get("line_id"), line.get("variant_id")
    if (line_id is None) == (variant_id is None):
        raise Refusal("Give lineId or variantId, one of them.", field="lineId", code="GRAPHQL_ERROR")
    return Changed(
        quantity=line["quantity"],
        line_id=uuid_of(line_id, "CheckoutLine", field="lineId") if line_id else None,
        variant_id=int_of(variant_id, "ProductVariant", field="variantId") if variant_id else None,
    )


@mutation
def checkout_lines_delete(info: Info, *, lines_ids: list[str], id: str | None = None) -> dict[str, Any]:
    wanted = [uuid_of(one, "CheckoutLine", field="linesIds") for one in lines_ids]
    return {"checkout": checkout_lines.delete_lines(checkout_id=checkout_pk(id), line_ids=wanted)}
