"""Prices and stock of variants."""

from collections.abc import Iterator
from decimal import Decimal

from store.seed.read.catalog import Catalog
from store.seed.read.checks.channels import allowed_decimals
from store.seed.read.checks.unique_names import check_exists
from store.seed.read.file_models import Channel, Variant
from store.seed.read.problems import Problem
from store.seed.read.toml import KeyPath, SourceFile


def check(catalog: Catalog) -> Iterator[Problem]:
    channels = {c.slug: c for c in catalog.channels}
    warehouses = {w.slug for w in catalog.warehouses}
    for product in catalog.products:
        source = catalog.sources.get(f"products/{product.slug}")
        if source is None:
            continue
        for index, variant in enumerate(product.variants):
            key_path = ("variants", index)
            for slug, amount in variant.price.items():
                yield from check_exists(source, (*key_path, "price"), "channel", slug, channels)
                if slug in channels:
                    yield from _check_amount(source, (*key_path, "price"), amount, channels[slug])
            for warehouse in variant.stock:
                yield from check_exists(source, (*key_path, "stock"), "warehouse", warehouse, warehouses)
            yield from _check_complete(source, key_path, variant, catalog)


def _check_amount(
    source: SourceFile, key_path: KeyPath, amount: Decimal, channel: Channel
) -> Iterator[Problem]:
    allowed = allowed_decimals(channel.currency)
    if amount == 0:
        yield source.problem(key_path, f"the price in `{channel.slug}` is 0", "Write the real price")
    if -int(amount.as_tuple().exponent) > allowed:
        what = f"{amount} has more decimals than {channel.currency} allows"
        yield source.problem(key_path, what, f"Use at most {allowed}")


def _check_complete(
    source: SourceFile, key_path: KeyPath, variant: Variant, catalog: Catalog
) -> Iterator[Problem]:
    for channel in catalog.channels:
        if channel.slug not in variant.price:
            what = f"`{variant.sku}` has no price in `{channel.slug}`"
            yield source.problem((*key_path, "price"), what, f"Add its price in {channel.currency}")
        if not set(channel.warehouses) & set(variant.stock):
            what = f"`{variant.sku}` has no stock for `{channel.slug}`"
            advice = f"Add one of {', '.join(channel.warehouses)}; 0 means sold out"
            yield source.problem((*key_path, "stock"), what, advice)
