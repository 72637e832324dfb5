"""Whole products in one go: type, attributes, listings, media, variants, stock and prices (productBulkCreate)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from store.engine.catalog import media, products, search
from store.engine.catalog.channel_listings import Listing, put_listings
from store.engine.catalog.models import Product, ProductType
from store.engine.catalog.pricing import refresh
from store.engine.errors import Refusal, Refusals
from store.engine.stock.variant_creation import Draft, Outcome, Rejected, attempt, make


@dataclass(frozen=True, slots=True)
class ProductDraft:
    product_type: ProductType
    given: Mapping[str, Any]
    links: products.Links = field(default_factory=products.Links)
    listings: Sequence[Listing] = ()
    media: Sequence[Mapping[str, Any]] = ()
    variants: Sequence[Draft] = ()
    problems: Sequence[Refusal] = ()


def create_many(
    *, drafts: Sequence[ProductDraft | Refusal], policy: str = "REJECT_EVERYTHING"
) -> list[Outcome]:
    """One outcome a draft, in their order. A Refusal stands for a draft whose input could not be read."""
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic(durable=True):
            outcomes = [_attempt(draft, policy) for draft in drafts]
            if policy == "REJECT_EVERYTHING" and any(one.problems for one in outcomes):
                raise Rejected
            made = [one.row.pk for one in outcomes if one.row is not None]
            refresh(made)
            search.index(made)
    except Rejected:
        return [Outcome(problems=one.problems) for one in outcomes]
    return outcomes


def _attempt(draft: ProductDraft | Refusal, policy: str) -> Outcome:
    if isinstance(draft, Refusal):
        return Outcome(problems=[draft])
    ignored: list[Refusal] = []
    outcome = attempt(lambda: _make(draft, ignored if policy == "IGNORE_FAILED" else None))
    outcome.problems += ignored
    return outcome


def _make(draft: ProductDraft, ignored: list[Refusal] | None) -> Product:
    """With `ignored` a variant or picture that fails is left out and noted there."""
    if draft.problems:
        raise Refusals(draft.problems)
    product = products.make(product_type=draft.product_type, given=draft.given, links=draft.links)
    put_listings(product=product, listings=draft.listings)
    for at, one in enumerate(draft.variants):
        _keep_or_note(lambda one=one: make(product, one), f"variants.{at}", ignored)
    for at, shown in enumerate(draft.media):
        _keep_or_note(lambda shown=shown: _show(product, shown), f"media.{at}", ignored)
    return product


def _show(product: Product, shown: Mapping[str, Any]) -> None:
    media.create(
        product=product, alt=shown.get("alt") or "", picture=shown.get("image"), url=shown.get("media_url")
    )


def _keep_or_note(step: Any, path: str, ignored: list[Refusal] | None) -> None:
    outcome = attempt(step)
    for problem in outcome.problems:
        problem.extras["path"] = ".".join(filter(None, (path, problem.field)))
    if ignored is not None:
        ignored += outcome.problems
    elif outcome.problems:
        raise Refusals(outcome.problems)
