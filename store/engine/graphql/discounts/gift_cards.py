"""Gift cards for staff. The whole code is in the payload of the mutation that creates the card."""

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Q

from store.engine.accounts.models import User
from store.engine.catalog.models import Product
from store.engine.channels import shop_settings
from store.engine.channels.models import ShopSettings
from store.engine.checkout.lines import metadata_from_input
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard as CardRow
from store.engine.discounts.models import GiftCardEvent as EventRow
from store.engine.discounts.models import GiftCardTag as TagRow
from store.engine.errors import PermissionDenied, Required
from store.engine.events.models import App
from store.engine.fields import email_or_refusal
from store.engine.graphql import ids
from store.engine.graphql.batching import batched, follow_foreign_key
from store.engine.graphql.bulk_mutations import register
from store.engine.graphql.channels.request_channel import required_channel
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import (
    Condition,
    ListArguments,
    equal_to,
    has_metadata,
    ids_in,
    in_range,
    one_of,
)
from store.engine.graphql.plain_values import TimePeriod
from store.engine.graphql.registry import (
    Info,
    SaleorType,
    declare_values,
    mutation,
    query,
    requires_permission,
)
from store.engine.graphql.related_rows import list_resolver
from store.engine.money import Money

MANAGE_GIFT_CARD = "MANAGE_GIFT_CARD"
_events = list_resolver("events")


def _balance_between(column: str) -> Condition:
    def condition(given: dict[str, float]) -> Q:
        """`given` are numbers with a few digits; as decimals they equal the amounts that are stored."""
        bounds = {name: Decimal(str(given[name])) for name in ("gte", "lte") if given.get(name) is not None}
        return in_range(column)(bounds)

    return condition


CARDS = ListArguments(
    columns={
        "is_active": equal_to("is_active"),
        "metadata": has_metadata,
        "tags": one_of("tags__name"),
        "products": ids_in("product", Product),
        "used_by": ids_in("used_by", User),
        "assigned_to": ids_in("assigned_to", User),
        "used": lambda given: Q(last_used_on__isnull=not given),
        "currency": equal_to("currency"),
        "current_balance": _balance_between("current_balance_amount"),
        "initial_balance": _balance_between("initial_balance_amount"),
        "code": equal_to("code"),
        "created_by_email": equal_to("created_by_email"),
    },
    sort={
        "PRODUCT": ("product__name",),
        "USED_BY": ("used_by_email",),
        "CURRENT_BALANCE": ("current_balance_amount",),
        "CREATED_AT": ("created",),
        "RANK": ("created",),
    },
)
TAGS = ListArguments(search=("name",))


class GiftCard(SaleorType, model=CardRow):
    @staticmethod
    def code(root: CardRow, info: Info) -> str:
        """The code is as good as money: only for staff and for the customer who has used the card."""
        owner = info.context.user and root.used_by_id == info.context.user.pk
        if not owner and not info.context.has_permission(MANAGE_GIFT_CARD):
            raise PermissionDenied(MANAGE_GIFT_CARD, "OWNER")
        return root.code

    @staticmethod
    @requires_permission(MANAGE_GIFT_CARD, "MANAGE_ORDERS")
    def events(root: CardRow, info: Info, *, filter: dict[str, Any] | None = None) -> list[EventRow]:
        found: list[EventRow] = _events(root, info)
        given = filter or {}
        if given.get("type") is not None:
            found = [event for event in found if event.type == given["type"]]
        if given.get("orders") is not None:
            orders = {uuid_of(order, "Order", field="orders") for order in given["orders"]}
            found = [event for event in found if event.order_id in orders]
        return found

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
    def assigned_to(root: CardRow, info: Info) -> Any:
        return _visible_user(follow_foreign_key(root, info, "assigned_to"), info)

    @staticmethod
    def assigned_to_email(root: CardRow, info: Info) -> Any:
        is_own = info.context.user is not None and info.context.user.pk == root.assigned_to_id
        if not is_own and not info.context.has_permission(MANAGE_GIFT_CARD):
            raise PermissionDenied(MANAGE_GIFT_CARD, "OWNER")
        return root.assigned_to_email

    @staticmethod
    @requires_permission("MANAGE_APPS")
    @batched
    def app(cards: list[CardRow], info: Info) -> list[App | None]:
        found = App.objects.in_bulk({card.app_id for card in cards} - {None})
        return [found.get(card.app_id) for card in cards]

    @staticmethod
    def user(root: CardRow, info: Info) -> Any:
        return GiftCard.created_by(root, info)

    @staticmethod
    def end_date(root: CardRow, info: Info) -> datetime | None:
        """The older twin of `expiryDate`."""
        day = root.expiry_date
        return datetime.combine(day, time.min, tzinfo=UTC) if day else None

    tags = staticmethod(requires_permission(MANAGE_GIFT_CARD)(list_resolver("tags")))

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


class GiftCardTag(SaleorType, model=TagRow):
    pass


class GiftCardSettings(SaleorType):
    @staticmethod
    def expiry_type(root: ShopSettings, info: Info) -> str:
        return root.gift_card_expiry_type

    @staticmethod
    def expiry_period(root: ShopSettings, info: Info) -> TimePeriod | None:
        if root.gift_card_expiry_period is None or root.gift_card_expiry_unit is None:
            return None
        return {"amount": root.gift_card_expiry_period, "type": root.gift_card_expiry_unit}


declare_values("GiftCardSettings", ShopSettings)


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
    rows = CARDS.filtered(CardRow.objects.all(), filter)
    if words := (search or "").strip():
        rows = rows.filter(
            Q(code__iendswith=words)
            | Q(created_by_email__icontains=words)
            | Q(used_by_email__icontains=words)
            | Q(pk__in=CardRow.objects.filter(tags__name__icontains=words).values("pk"))
        )
    return connect(rows, order=CARDS.order(sort_by, default=("-created",)), **paging)


@query(permissions=MANAGE_GIFT_CARD)
def gift_card_currencies(info: Info) -> list[str]:
    return list(CardRow.objects.order_by("currency").values_list("currency", flat=True).distinct())


@query(permissions=MANAGE_GIFT_CARD)
def gift_card_tags(info: Info, *, filter: dict[str, Any] | None = None, **paging: Any) -> Connection:
    return connect(TAGS.filtered(TagRow.objects.all(), filter), order=("name",), **paging)


@query(permissions=MANAGE_GIFT_CARD)
def gift_card_settings(info: Info) -> ShopSettings:
    return shop_settings.current()


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_settings_update(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    changed = shop_settings.update_gift_card_expiry(
        expiry_type=input.get("expiry_type"), period=input.get("expiry_period")
    )
    return {"gift_card_settings": changed}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    balance, channel = input["balance"], None
    if input.get("user_email"):
        email_or_refusal(input["user_email"])  # first, as in Saleor
        if not input.get("channel"):
            raise Required("Say the channel from which the card is mailed.", field="channel")
        channel = required_channel(info, input["channel"]).slug
    card = gift_cards.create(
        channel=channel,
        amount=balance["amount"],
        currency=balance["currency"],
        code=input.get("code"),
        user=info.context.user,
        email=input.get("user_email"),
        expiry_date=input.get("expiry_date"),
        is_active=input["is_active"],
        tags=input.get("add_tags") or (),
        assigned_to=ids.get_row(input["assigned_to"], User, field="assignedTo")
        if input.get("assigned_to")
        else None,
        note=input.get("note") or "",
        metadata=metadata_from_input(input.get("metadata")),
        private_metadata=metadata_from_input(input.get("private_metadata")),
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
        tags=input.get("tags") or (),
    )
    return {"count": len(cards), "gift_cards": cards}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    changes = input | {
        name: metadata_from_input(input.get(name)) for name in ("metadata", "private_metadata")
    }
    return {"gift_card": gift_cards.update(card_id=int_of(id, "GiftCard"), changes=changes)}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_balance_adjust(info: Info, *, id: str, amount: Decimal) -> dict[str, Any]:
    return {"gift_card": gift_cards.adjust_balance(card_id=int_of(id, "GiftCard"), amount=amount)}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_activate(info: Info, *, id: str) -> dict[str, Any]:
    return {"gift_card": gift_cards.set_active(card_id=int_of(id, "GiftCard"), active=True)}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_deactivate(info: Info, *, id: str) -> dict[str, Any]:
    return {"gift_card": gift_cards.set_active(card_id=int_of(id, "GiftCard"), active=False)}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_delete(info: Info, *, id: str) -> dict[str, Any]:
    return {"gift_card": gift_cards.delete(card_id=int_of(id, "GiftCard"))}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_add_note(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    card, event = gift_cards.add_note(card_id=int_of(id, "GiftCard"), message=input["message"])
    return {"gift_card": card, "event": event}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_resend(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    card = gift_cards.resend(
        card_id=int_of(input["id"], "GiftCard"),
        channel=required_channel(info, input["channel"]).slug,
        email=input.get("email"),
    )
    return {"gift_card": card}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_assign_user(info: Info, *, id: str, user_id: str) -> dict[str, Any]:
    user = ids.get_row(user_id, User, field="userId")
    return {"gift_card": gift_cards.assign(card_id=int_of(id, "GiftCard"), user=user)}


@mutation(permissions=MANAGE_GIFT_CARD)
def gift_card_unassign_user(info: Info, *, id: str) -> dict[str, Any]:
    return {"gift_card": gift_cards.assign(card_id=int_of(id, "GiftCard"), user=None)}


for _name, _active in (("activate", True), ("deactivate", False)):
    register(
        f"gift_card_bulk_{_name}",
        CardRow,
        lambda card, _info, active=_active: gift_cards.set_active(card_id=card.pk, active=active),
        permissions=MANAGE_GIFT_CARD,
    )
register(
    "gift_card_bulk_delete",
    CardRow,
    lambda card, _info: gift_cards.delete(card_id=card.pk),
    permissions=MANAGE_GIFT_CARD,
)
