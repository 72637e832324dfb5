"""Gift cards for staff. The whole code is in the payload of the mutation that creates the card."""

from typing import Any

from django.db.models import QuerySet

from store.engine.checkout.lines import metadata_from_input
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard as CardRow
from store.engine.errors import PermissionDenied
from store.engine.graphql.batching import batched, follow_foreign_key
from store.engine.graphql.checkout.lookup import int_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, mutation, query, requires_permission
from store.engine.graphql.related_rows import list_resolver
from store.engine.money import Money

MANAGE_GIFT_CARD = "MANAGE_GIFT_CARD"
SORT_COLUMNS = {
    "PRODUCT": "product__name",
    "USED_BY": "used_by_email",
    "CURRENT_BALANCE": "current_balance_amount",
    "CREATED_AT": "created",
    "RANK": "created",
}


class GiftCard(SaleorType, model=CardRow):
    @staticmethod
    def code(root: CardRow, info: Info) -> str:
        """The code is as good as money: only for staff and for the customer who has used the card."""
        owner = info.context.user and root.used_by_id == info.context.user.pk
        if not owner and not info.context.has_permission(MANAGE_GIFT_CARD):
            raise PermissionDenied(MANAGE_GIFT_CARD, "OWNER")
        return root.code

    events = staticmethod(requires_permission(MANAGE_GIFT_CARD)(list_resolver("events")))

    @staticmethod
    def last_4_code_chars(root: CardRow, info: Info) -> str:
        return root.display_code

    @staticmethod
    def current_balance(root: CardRow, info: Info) -> Money:
        return Money(root.current_balance_amount, root.currency)

    @staticmethod
    def initial_balance(root: CardRow, info: Info) -> Money:
        return Money(root.initial_balance_amount, root.currency)

    @staticmethod
    def created_by(root: CardRow, info: Info) -> Any:
        return _visible_user(follow_foreign_key(root, info, "created_by"), info)

    @staticmethod
    def used_by(root: CardRow, info: Info) -> Any:
        return _visible_user(follow_foreign_key(root, info, "used_by"), info)

    @staticmethod
    @batched
    def bought_in_channel(cards: list[CardRow], info: Info) -> list[str | None]:
        found = gift_cards.channel_slugs(cards)
        return [found.get(card.pk) for card in cards]


def _visible_user(user: Any, info: Info) -> Any:
    """The user, for themselves and for staff. Raises PermissionDenied for others."""
    requestor = info.context.user
    if user is None or (requestor and requestor.pk == user.pk) or info.context.has_permission("MANAGE_USERS"):
        return user
    raise PermissionDenied("MANAGE_USERS", "OWNER")


@query(permissions=MANAGE_GIFT_CARD)
def gift_card(info: Info, *, id: str) -> CardRow | None:
    return CardRow.objects.filter(pk=int_of(id, "GiftCard")).first()


@query(permissions=MANAGE_GIFT_CARD)
def gift_cards_(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    search: str | None = None,
    sort_by: dict[str, str] | None = None,
    **paging: Any,
) -> Connection:
    rows = _filtered(CardRow.objects.all(), filter or {})
    if words := (search or "").strip():
        rows = rows.filter(code__iendswith=words) | rows.filter(created_by_email__icontains=words)
    sign = "-" if sort_by and sort_by["direction"] == "DESC" else ""
    return connect(
        rows, order=(f"{sign}{SORT_COLUMNS[sort_by['field']]}" if sort_by else "-created",), **paging
    )


def _filtered(rows: QuerySet[CardRow], given: dict[str, Any]) -> QuerySet[CardRow]:
    exact_filters = {
        "is_active": "is_active",
        "currency": "currency",
        "code": "code",
        "created_by_email": "created_by_email",
    }
    for name, column in exact_filters.items():
        if given.get(name) is not None:
            rows = rows.filter(**{column: given[name]})
    if given.get("used") is not None:
        rows = rows.filter(last_used_on__isnull=not given["used"])
    return rows


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    balance = input["balance"]
    card = gift_cards.create(
        amount=balance["amount"],
        currency=balance["currency"],
        code=input.get("code"),
        user=info.context.user,
        email=input.get("user_email"),
        expiry_date=input.get("expiry_date") or input.get("end_date"),
        is_active=input["is_active"],
        note=input.get("note") or "",
        metadata=metadata_from_input(input.get("metadata")),
    )
    return {"gift_card": card}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_bulk_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    balance = input["balance"]
    cards = gift_cards.bulk_create(
        count=input["count"],
        amount=balance["amount"],
        currency=balance["currency"],
        user=info.context.user,
        expiry_date=input.get("expiry_date"),
        is_active=input["is_active"],
    )
    return {"count": len(cards), "gift_cards": cards}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    card = gift_cards.update(
        card_id=int_of(id, "GiftCard"),
        changes={**input, "metadata": metadata_from_input(input.get("metadata"))},
        user=info.context.user,
    )
    return {"gift_card": card}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_activate(info: Info, *, id: str) -> dict[str, Any]:
    return {
        "gift_card": gift_cards.set_active(
            card_id=int_of(id, "GiftCard"), active=True, user=info.context.user
        )
    }


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_deactivate(info: Info, *, id: str) -> dict[str, Any]:
    return {
        "gift_card": gift_cards.set_active(
            card_id=int_of(id, "GiftCard"), active=False, user=info.context.user
        )
    }
