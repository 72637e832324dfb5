"""Voucher, its codes and listings, and GiftCard."""

from collections import defaultdict
from typing import Any

from store.engine.discounts.models import GiftCard as CardRow
from store.engine.discounts.models import Voucher as VoucherRow
from store.engine.discounts.models import VoucherChannelListing as ListingRow
from store.engine.discounts.models import VoucherCode as CodeRow
from store.engine.graphql.base import Info, SaleorType, needing
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.peers import by_peers
from store.engine.shop.money import Money

STAFF = "MANAGE_DISCOUNTS"


class Voucher(SaleorType, model=VoucherRow):
    @staticmethod
    def codes(root: VoucherRow, info: Info, **paging: Any) -> Connection:
        return connect(CodeRow.objects.filter(voucher=root), order=("-created_at", "code"), **paging)

    @staticmethod
    @by_peers
    def code(vouchers: list[VoucherRow], info: Info) -> list[str | None]:
        last = {row.voucher_id: row.code for row in _codes(vouchers)}
        return [last.get(voucher.pk) for voucher in vouchers]

    @staticmethod
    @by_peers
    def used(vouchers: list[VoucherRow], info: Info) -> list[int]:
        found: dict[int, int] = defaultdict(int)
        for row in _codes(vouchers):
            found[row.voucher_id] += row.used
        return [found[voucher.pk] for voucher in vouchers]

    @staticmethod
    @needing(STAFF)
    @by_peers
    def channel_listings(vouchers: list[VoucherRow], info: Info) -> list[list[ListingRow]]:
        found: dict[int, list[ListingRow]] = defaultdict(list)
        for row in ListingRow.objects.filter(voucher__in=[v.pk for v in vouchers]).select_related("channel"):
            found[row.voucher_id].append(row)
        return [found[voucher.pk] for voucher in vouchers]


def _codes(vouchers: list[VoucherRow]) -> list[CodeRow]:
    """Oldest last: the last one stands for the voucher where a client knows but one code."""
    return list(CodeRow.objects.filter(voucher__in=[v.pk for v in vouchers]).order_by("-created_at", "code"))


class VoucherCode(SaleorType, model=CodeRow):
    pass


class VoucherChannelListing(SaleorType, model=ListingRow):
    @staticmethod
    def min_spent(root: ListingRow, info: Info) -> Money | None:
        return None if root.min_spent_amount is None else Money(root.min_spent_amount, root.currency)


class GiftCard(SaleorType, model=CardRow):
    @staticmethod
    def current_balance(root: CardRow, info: Info) -> Money:
        return Money(root.current_balance_amount, root.currency)
