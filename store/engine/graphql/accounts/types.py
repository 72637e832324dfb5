"""GraphQL types of users, addresses and permission groups."""

from copy import copy

from django.db.models import prefetch_related_objects

from store.engine.accounts import models
from store.engine.channels import countries
from store.engine.channels.models import Channel
from store.engine.checkout.models import Checkout
from store.engine.events.permission_codes import PERMISSION_NAMES
from store.engine.graphql import ids
from store.engine.graphql import plain_values as values
from store.engine.graphql.batching import batched, bind_siblings
from store.engine.graphql.channel_access import accessible_channels, of_own_or_within_reach
from store.engine.graphql.channels.request_channel import channels_by_pk
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Info, SaleorType, requires_permission


def to_language_enum(code: str) -> str:
    """`pt-br` → `PT_BR`, a value of LanguageCodeEnum."""
    return code.replace("-", "_").upper()


def from_language_enum(code: str) -> str:
    """`PT_BR` → `pt-br`."""
    return code.replace("_", "-").lower()


def permission(code: str) -> values.Permission:
    return {"code": code, "name": PERMISSION_NAMES[code]}


class Address(SaleorType, model=models.Address):
    @staticmethod
    def country(root: models.Address, info: Info) -> values.CountryDisplay:
        return {"code": root.country, "country": countries.country_name(root.country)}

    @staticmethod
    def phone(root: models.Address, info: Info) -> str:
        return root.phone

    @staticmethod
    def is_default_shipping_address(root: models.Address, info: Info) -> bool | None:
        return _is_default(root, info, "default_shipping_address_id")

    @staticmethod
    def is_default_billing_address(root: models.Address, info: Info) -> bool | None:
        return _is_default(root, info, "default_billing_address_id")


def _is_default(address: models.Address, info: Info, name: str) -> bool | None:
    """None unless `with_owner` has set the owner: an address alone doesn't know it."""
    owner = info.context.rows.of(address).owner
    return None if owner is None else getattr(owner, name) == address.pk


def with_owner(address: models.Address, owner: models.User, info: Info) -> models.Address:
    """Set the owner, for the `isDefault…Address` fields."""
    info.context.rows.of(address).owner = owner
    return address


class User(SaleorType, model=models.User):
    @staticmethod
    def id(root: models.User, info: Info) -> str:
        """Empty after a registration: an id would reveal that the email address had no account yet."""
        return "" if root.pk is None or info.context.rows.of(root).hides_id else to_global_id("User", root.pk)

    @staticmethod
    def language_code(root: models.User, info: Info) -> str:
        return to_language_enum(root.language_code)

    @staticmethod
    @batched
    def addresses(users: list[models.User], info: Info) -> list[list[models.Address]]:
        saved = [user for user in users if user.pk]
        links = models.User.addresses.through.objects.filter(user_id__in=[user.pk for user in saved])
        found: dict[int, list[models.Address]] = {}
        for link in links.select_related("address").order_by("address_id"):
            found.setdefault(link.user_id, []).append(link.address)
        return [[with_owner(address, user, info) for address in found.get(user.pk, [])] for user in users]

    @staticmethod
    @batched
    def default_shipping_address(users: list[models.User], info: Info) -> list[models.Address | None]:
        return _default_addresses(users, info, "default_shipping_address_id")

    @staticmethod
    @batched
    def default_billing_address(users: list[models.User], info: Info) -> list[models.Address | None]:
        return _default_addresses(users, info, "default_billing_address_id")

    @staticmethod
    @batched
    def checkout_ids(users: list[models.User], info: Info, *, channel: str | None = None) -> list[list[str]]:
        checkouts = Checkout.objects.filter(
            of_own_or_within_reach(info.context), user_id__in=[user.pk for user in users if user.pk]
        )
        if channel:
            checkouts = checkouts.filter(channel__slug=channel, channel__is_active=True)
        found: dict[int | None, list[str]] = {user.pk: [] for user in users}
        for owner, pk in checkouts.order_by("-last_change").values_list("user_id", "pk"):
            found[owner].append(to_global_id("Checkout", pk))
        return [found[user.pk] for user in users]

    @staticmethod
    @batched
    def user_permissions(users: list[models.User], info: Info) -> list[list[values.Permission]]:
        held = models.User.objects.permission_codes(users)
        return [[permission(code) for code in sorted(held[user.pk])] for user in users]

    @staticmethod
    @batched
    def permission_groups(users: list[models.User], info: Info) -> list[list[models.Group]]:
        links = models.Group.users.through.objects.filter(user_id__in=[user.pk for user in users if user.pk])
        found: dict[int, list[models.Group]] = {}
        for link in links.select_related("group").order_by("group__name"):
            found.setdefault(link.user_id, []).append(link.group)
        return [found.get(user.pk, []) for user in users]

    @staticmethod
    @batched
    def checkout_tokens(
        users: list[models.User], info: Info, *, channel: str | None = None
    ) -> list[list[str]]:
        return [
            [ids.from_global_id(checkout)[1] for checkout in User.checkout_ids(user, info, channel=channel)]
            for user in users
        ]

    @staticmethod
    @batched
    def accessible_channels(users: list[models.User], info: Info) -> list[list[Channel]]:
        """Every channel for whom no group restricts, else those of the groups."""
        known = channels_by_pk(info.context)
        reachable = models.User.objects.accessible_channels(users)
        return [[row for pk, row in known.items() if _may_reach(reachable[user.pk], pk)] for user in users]

    @staticmethod
    @batched
    def restricted_access_to_channels(users: list[models.User], info: Info) -> list[bool]:
        reachable = models.User.objects.accessible_channels(users)
        return [user.is_staff and reachable[user.pk] is not None for user in users]

    @staticmethod
    @batched
    def editable_groups(users: list[models.User], info: Info) -> list[list[models.Group]]:
        """The groups whose permissions the user has all, and whose channels."""
        held = models.User.objects.permission_codes(users)
        reached, groups = models.User.objects.accessible_channels(users), models.Group.objects.with_channels()
        return [
            [
                group
                for group in groups
                if user.is_staff
                and held[user.pk] >= set(group.permissions)
                and group.is_within(reached[user.pk])
            ]
            for user in users
        ]

    @staticmethod
    @requires_permission("MANAGE_USERS", "MANAGE_STAFF")
    def note(root: models.User, info: Info) -> str:
        return root.note


def _may_reach(channels: frozenset[int] | None, pk: int) -> bool:
    return channels is None or pk in channels


def _default_addresses(users: list[models.User], info: Info, name: str) -> list[models.Address | None]:
    """A row each, even for the same address twice: it is shown with its owner."""
    found = models.Address.objects.in_bulk({getattr(user, name) for user in users} - {None})
    addresses = [found.get(getattr(user, name)) for user in users]
    return [
        with_owner(copy(address), user, info) if address else None
        for address, user in zip(addresses, users, strict=True)
    ]


class UserPermission(SaleorType):
    @staticmethod
    def source_permission_groups(root: values.Permission, info: Info, *, user_id: str) -> list[models.Group]:
        user = ids.find_row(user_id, models.User)
        groups = user.groups.all() if user else ()
        return bind_siblings(info, [group for group in groups if root["code"] in group.permissions])


class Permission(SaleorType):
    pass


class Group(SaleorType, model=models.Group):
    @staticmethod
    @requires_permission("MANAGE_STAFF")
    @batched
    def users(groups: list[models.Group], info: Info) -> list[list[models.User]]:
        links = models.Group.users.through.objects.filter(group_id__in=[group.pk for group in groups])
        found: dict[int, list[models.User]] = {}
        for link in links.select_related("user").order_by("user__email"):
            found.setdefault(link.group_id, []).append(link.user)
        return [found.get(group.pk, []) for group in groups]

    @staticmethod
    @batched
    def user_can_manage(groups: list[models.Group], info: Info) -> list[bool]:
        """Whether the requestor has all permissions and reaches all channels of the group, without which it can't be
        changed or given away.
        """
        held, reached = info.context.requestor.permissions, accessible_channels(info.context)
        if reached is not None:
            prefetch_related_objects(groups, "channels")
        return [held.issuperset(group.permissions) and group.is_within(reached) for group in groups]

    @staticmethod
    def permissions(root: models.Group, info: Info) -> list[values.Permission]:
        return [permission(code) for code in root.permissions]

    @staticmethod
    @batched
    def accessible_channels(groups: list[models.Group], info: Info) -> list[list[Channel]]:
        known = channels_by_pk(info.context)
        links = models.Group.channels.through.objects.filter(group_id__in=[group.pk for group in groups])
        own: dict[int, list[Channel]] = {group.pk: [] for group in groups}
        for link in links.order_by("channel_id"):
            own[link.group_id].append(known[link.channel_id])
        return [
            own[group.pk] if group.restricted_access_to_channels else list(known.values()) for group in groups
        ]
