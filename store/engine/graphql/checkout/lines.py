"""Mutations that create a checkout and add, change and delete its lines."""

from collections.abc import Iterable
from typing import Any

from store.engine.accounts import address_validation
from store.engine.channels.models import Channel
from store.engine.checkout import lines as checkout_lines
from store.engine.checkout import retention
from store.engine.checkout.lines import LineInput, LineUpdate
from store.engine.errors import OperationError, PermissionDenied
from store.engine.graphql.accounts.types import from_language_enum
from store.engine.graphql.channels.request_channel import channels_by_slug, required_channel
from store.engine.graphql.checkout.addresses import validation_checks
from store.engine.graphql.checkout.loaded import checkout_payload
from store.engine.graphql.checkout.lookup import checkout_pk, int_of, uuid_of
from store.engine.graphql.registry import Info, mutation


def _channel(info: Info, slug: str | None) -> Channel:
    """The channel with this slug, without a slug the only active channel.

    Raises OperationError if there is none, or without a slug several.
    """
    if slug:
        return required_channel(info, slug)
    active = [channel for channel in channels_by_slug(info.context).values() if channel.is_active]
    if len(active) == 1:
        return active[0]
    raise OperationError("Channel slug is required.", field="channel", code="MISSING_CHANNEL_SLUG")


def _parse_lines(lines: Iterable[dict[str, Any]]) -> list[LineInput]:
    return [
        LineInput(
            variant_id=int_of(line["variant_id"], "ProductVariant", field="variantId"),
            quantity=line["quantity"],
            metadata=checkout_lines.metadata_from_input(line.get("metadata")),
            force_new_line=bool(line.get("force_new_line")),
        )
        for line in lines
    ]


@mutation
def checkout_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    rules = input.get("validation_rules") or {}
    addresses = {
        kind: address_validation.clean_address(
            given, checks=validation_checks(rules.get(kind)), address_type=kind[:-8].upper()
        )
        for kind in ("shipping_address", "billing_address")
        if (given := input.get(kind)) is not None
    }
    checkout = checkout_lines.create(
        channel=_channel(info, input.get("channel")),
        line_inputs=_parse_lines(input["lines"]),
        user=info.context.user,
        email=input.get("email"),
        language_code=from_language_enum(input.get("language_code") or "EN"),
        shipping_address=addresses.get("shipping_address"),
        billing_address=addresses.get("billing_address"),
        save_shipping_address=input.get("save_shipping_address") is not False,
        save_billing_address=input.get("save_billing_address") is not False,
        metadata=checkout_lines.metadata_from_input(input.get("metadata")),
        private_metadata=_private_metadata(info, input),
    )
    return checkout_payload(info, checkout) | {"created": True}


def _private_metadata(info: Info, given: dict[str, Any]) -> dict[str, str]:
    """Raises PermissionDenied when it is given by somebody who may not."""
    found = checkout_lines.metadata_from_input(given.get("private_metadata"))
    if found and not info.context.has_permission("MANAGE_CHECKOUTS"):
        raise PermissionDenied("MANAGE_CHECKOUTS")
    return found


@mutation
def checkout_lines_add(info: Info, *, lines: list[dict[str, Any]], id: str | None = None) -> dict[str, Any]:
    return checkout_payload(
        info, checkout_lines.add_lines(checkout_id=checkout_pk(id), line_inputs=_parse_lines(lines))
    )


@mutation
def checkout_lines_update(
    info: Info, *, lines: list[dict[str, Any]], id: str | None = None
) -> dict[str, Any]:
    return checkout_payload(
        info,
        checkout_lines.update_lines(
            checkout_id=checkout_pk(id), changes=[_parse_line_update(line) for line in lines]
        ),
    )


def _parse_line_update(line: dict[str, Any]) -> LineUpdate:
    if line.get("quantity") is None:
        raise OperationError("The quantity is required for all lines.", field="quantity", code="REQUIRED")
    line_id, variant_id = line.get("line_id"), line.get("variant_id")
    if (line_id is None) == (variant_id is None):
        raise OperationError("Give lineId or variantId, one of them.", field="lineId", code="GRAPHQL_ERROR")
    return LineUpdate(
        quantity=line["quantity"],
        line_id=uuid_of(line_id, "CheckoutLine", field="lineId") if line_id else None,
        variant_id=int_of(variant_id, "ProductVariant", field="variantId") if variant_id else None,
        metadata=checkout_lines.metadata_from_input(line.get("metadata")),
    )


@mutation
def checkout_lines_delete(info: Info, *, lines_ids: list[str], id: str | None = None) -> dict[str, Any]:
    line_ids = [uuid_of(global_id, "CheckoutLine", field="linesIds") for global_id in lines_ids]
    return checkout_payload(info, checkout_lines.delete_lines(checkout_id=checkout_pk(id), line_ids=line_ids))


@mutation
def checkout_line_delete(info: Info, *, id: str | None = None, line_id: str | None = None) -> dict[str, Any]:
    """The older twin of `checkoutLinesDelete`. Without a line nothing is deleted, as in Saleor."""
    return checkout_lines_delete(info, id=id, lines_ids=[line_id] if line_id else [])


@mutation(permissions=("MANAGE_CHECKOUTS", "HANDLE_CHECKOUTS"))
def checkout_delete(info: Info, *, id: str) -> dict[str, Any]:
    retention.delete_one(checkout_id=checkout_pk(id))
    return {}
