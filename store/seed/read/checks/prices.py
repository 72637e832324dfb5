"""Prices and stock of variants."""

from collections.abc import Iterator
from decimal import Decimal

from store.seed.read.catalog import Catalogue
from store.seed.read.checks.channels import decimals
from store.seed.read.checks.unique_names import missing
from store.seed.read.file_models import Channel, Variant
from store.seed.read.problems import Problem
from store.seed.read.toml import Place, Sheet


def check(catalogue: Catalogue) -> Iterator[Problem]:
    channels = {c.slug: c for c in catalogue.channels}
    warehouses = {w.slug for w in catalogue.warehouses}
    for product in catalogue.products:
        sheet = catalogue.sheets.get(f"products/{product.slug}")
        if sheet is None:
            continue
        for index, variant in enumerate(product.variants):
            place = ("variants", index)
            for slug, amount in variant.price.items():
                yield from missing(sheet, (*place, "price"), "channel", slug, channels)
                if slug in channels:
                    yield from _amount(sheet, (*place, "price"), amount, channels[slug])
            for warehouse in variant.stock:
                yield from missing(sheet, (*place, "stock"), "warehouse", warehouse, warehouses)
            yield from _gaps(sheet, place, variant, catalogue)


def _amount(sheet: Sheet, place: Place, amount: Decimal, channel: Channel) -> Iterator[Problem]:
    allowed = decimals(channel.currency)
    if amount == 0:
        yield sheet.problem(place, f"the price in `{channel.slug}` is 0", "Write the real price")
    if -int(amount.as_tuple().exponent) > allowed:
        what = f"{amount} has more decimals than {channel.currency} allows"
        yield sheet.problem(place, what, f"Use at most {allowed}")


def _gaps(sheet: Sheet, place: Place, variant: Variant, catalogue: Catalogue) -> Iterator[Problem]:
    for channel in catalogue.channels:
        if channel.slug not in variant.price:
            what = f"`{variant.sku}` has no price in `{channel.slug}`"
            yield sheet.problem((*place, "price"), what, f"Add its price in {channel.currency}")
        if not set(channel.warehouses) & set(variant.stock):
            what = f"`{variant.sku}` has no stock for `{channel.slug}`"
            advice = f"Add one of {', '.join(channel.warehouses)}; 0 means sold out"
            yield sheet.problem((*place, "stock"), what, advice)
