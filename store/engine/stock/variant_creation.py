"""Variants together with their first stock and prices: one by one and in bulk, under Saleor's error policies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine.catalog import channel_listings, search, variants
from store.engine.catalog.attribute_assignment import Wish
from store.engine.catalog.models import Product, ProductVariant, VariantChannelListing
from store.engine.catalog.pricing import refresh
from store.engine.errors import Refusal, Refusals
from store.engine.stock.quantities import create_stocks, delete_stocks, set_quantities


@dataclass(frozen=True, slots=True)
class Draft:
    """A variant that is wished for. `problems` were found while its input was read."""

    given: Mapping[str, Any]
    wishes: Sequence[Wish] = ()
    stocks: Mapping[UUID, int] = field(default_factory=dict)
    prices: Sequence[channel_listings.Price] = ()
    problems: Sequence[Refusal] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """What changes about a variant in a bulk update."""

    variant: ProductVariant
    given: Mapping[str, Any]
    wishes: Sequence[Wish] = ()
    new_stocks: Mapping[UUID, int] = field(default_factory=dict)
    stocks: Mapping[UUID, int] = field(default_factory=dict)
    drop_stocks: Sequence[UUID] = ()
    prices: Sequence[channel_listings.Price] = ()
    drop_listings: Sequence[int] = ()
    problems: Sequence[Refusal] = ()


@dataclass(slots=True)
class Outcome:
    """What became of one row of a bulk operation."""

    row: Any = None
    problems: list[Refusal] = field(default_factory=list)


class Rejected(Exception):
    """Undo: some row of a bulk operation failed and the policy is all or nothing."""


def create(*, product: Product, draft: Draft) -> ProductVariant:
    with transaction.atomic(durable=True):
        variant = make(product, draft)
        refresh([product.pk])
        search.index([product.pk])
    return variant


def make(product: Product, draft: Draft) -> ProductVariant:
    """Inside the caller's transaction."""
    if draft.problems:
        raise Refusals(draft.problems)
    variant = variants.make(product=product, given=draft.given, wishes=draft.wishes)
    if draft.stocks:
        create_stocks(variant_id=variant.pk, quantities=draft.stocks)
    if draft.prices:
        channel_listings.put_prices(variant=variant, prices=draft.prices)
    return variant


def create_many(
    *, product: Product, drafts: Sequence[Draft], policy: str = "REJECT_EVERYTHING"
) -> list[Outcome]:
    """One outcome a draft, in their order."""
    return _in_bulk([product.pk], [lambda one=one: make(product, one) for one in drafts], policy)


def update_many(
    *, product: Product, revisions: Sequence[Revision], policy: str = "REJECT_EVERYTHING"
) -> list[Outcome]:
    return _in_bulk([product.pk], [lambda one=one: _revise(one) for one in revisions], policy)


def _in_bulk(product_ids: Sequence[int], steps: Sequence[Any], policy: str) -> list[Outcome]:
    """REJECT_EVERYTHING: nothing, if one fails. Otherwise what works is kept, what doesn't leaves nothing behind."""
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic(durable=True):
            outcomes = [attempt(step) for step in steps]
            if policy == "REJECT_EVERYTHING" and any(one.problems for one in outcomes):
                raise Rejected
            refresh(product_ids)
            search.index(product_ids)
    except Rejected:
        return [Outcome(problems=one.problems) for one in outcomes]
    return outcomes


def attempt(step: Any) -> Outcome:
    """One row in a savepoint: it works, or leaves nothing behind and says why."""
    try:
        with transaction.atomic():
            return Outcome(row=step())
    except Refusal as problem:
        return Outcome(problems=[problem])
    except Refusals as several:
        return Outcome(problems=several.problems)


def _revise(one: Revision) -> ProductVariant:
    if one.problems:
        raise Refusals(one.problems)
    variants.change(variant=one.variant, given=one.given, wishes=one.wishes)
    if one.new_stocks:
        create_stocks(variant_id=one.variant.pk, quantities=one.new_stocks)
    if one.stocks:
        set_quantities(wanted=[(one.variant.pk, *pair) for pair in one.stocks.items()])
    if one.drop_stocks:
        delete_stocks(variant_id=one.variant.pk, warehouse_ids=one.drop_stocks)
    if one.prices:
        channel_listings.put_prices(variant=one.variant, prices=one.prices)
    if one.drop_listings:
        VariantChannelListing.objects.filter(variant=one.variant, pk__in=one.drop_listings).delete()
    return one.variant
