"""GraphQL types of vouchers, their codes and channel listings."""

from collections import defaultdict
from typing import Any

from store.engine.discounts.models import Voucher as VoucherRow
from store.engine.discounts.models import VoucherChannelListing as ListingRow
from store.engine.discounts.models import VoucherCode as CodeRow
from store.engine.graphql.batched_lists import connect_each
from store.engine.graphql.batching import batched, channel_of_row
from store.engine.graphql.channels.channels import country_display
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection
from store.engine.graphql.registry import Info, SaleorType, requires_permission
from store.engine.money import Money

MANAGE_DISCOUNTS = "MANAGE_DISCOUNTS"


class Voucher(SaleorType, model=VoucherRow):
    translation = staticmethod(translation_of("Voucher"))

    @staticmethod
    @batched
    def codes(vouchers: list[VoucherRow], info: Info, **paging: Any) -> list[Connection]:
        order = ("-created_at", "code")
        return connect_each(CodeRow.objects.all(), vouchers, parent_field="voucher_id", order=order, **paging)

    @staticmethod
    @batched
    def code(vouchers: list[VoucherRow], info: Info) -> list[str | None]:
        last = {row.voucher_id: row.code for row in _codes(vouchers)}
        return [last.get(voucher.pk) for voucher in vouchers]

    @staticmethod
    @batched
    def used(vouchers: list[VoucherRow], info: Info) -> list[int]:
        found: dict[int, int] = defaultdict(int)
        for row in _codes(vouchers):
            found[row.voucher_id] += row.used
        return [found[voucher.pk] for voucher in vouchers]

    @staticmethod
    @requires_permission(MANAGE_DISCOUNTS)
    @batched
    def channel_listings(vouchers: list[VoucherRow], info: Info) -> list[list[ListingRow]]:
        found: dict[int, list[ListingRow]] = defaultdict(list)
        for row in ListingRow.objects.filter(voucher__in=[v.pk for v in vouchers]).select_related("channel"):
            found[row.voucher_id].append(row)
        return [found[voucher.pk] for voucher in vouchers]

    @staticmethod
    def countries(root: VoucherRow, info: Info) -> list[Any]:
        return [country_display(code) for code in sorted(root.countries)]

    @staticmethod
    def discount_value(root: VoucherRow, info: Info) -> float | None:
        """Of the channel in which the voucher was requested, as in Saleor; else of its only listing."""
        listing = _only_listing(root, info)
        return float(listing.discount_value) if listing else None

    @staticmethod
    def currency(root: VoucherRow, info: Info) -> str | None:
        listing = _only_listing(root, info)
        return listing.currency if listing else None

    @staticmethod
    def min_spent(root: VoucherRow, info: Info) -> Money | None:
        listing = _only_listing(root, info)
        return VoucherChannelListing.min_spent(listing, info) if listing else None


@batched
def _only_listing(vouchers: list[VoucherRow], info: Info) -> list[ListingRow | None]:
    rows, channel = ListingRow.objects.filter(voucher__in=vouchers), channel_of_row(vouchers[0], info)
    found: dict[int, list[ListingRow]] = defaultdict(list)
    for row in rows.filter(channel=channel) if channel else rows:
        found[row.voucher_id].append(row)
    return [own[0] if len(own := found[voucher.pk]) == 1 else None for voucher in vouchers]


def _codes(vouchers: list[VoucherRow]) -> list[CodeRow]:
    """Newest first, so that in a dict by voucher the oldest code wins: it is the voucher's single `code`."""
    return list(CodeRow.objects.filter(voucher__in=[v.pk for v in vouchers]).order_by("-created_at", "code"))


class VoucherCode(SaleorType, model=CodeRow):
    pass


class VoucherChannelListing(SaleorType, model=ListingRow):
    @staticmethod
    def min_spent(root: ListingRow, info: Info) -> Money | None:
        return None if root.min_spent_amount is None else Money(root.min_spent_amount, root.currency)
