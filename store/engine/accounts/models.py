"""Addresses, users and permission groups."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django_otp.plugins.otp_totp.models import TOTPDevice

from store.engine.accounts import sealed_seeds
from store.engine.errors import NotFound
from store.engine.events.metadata import WithMetadata
from store.engine.events.permission_codes import ALL_PERMISSIONS, WHOLE_SHOP_PERMISSIONS
from store.engine.fields import EmailAddressField
from store.saleor.email_addresses import InvalidEmailAddress, clean_email_address


class Address(WithMetadata):
    """A postal address. Orders and checkouts store copies, so that a later change does not alter past orders."""

    FIELDS = (
        "first_name",
        "last_name",
        "company_name",
        "street_address_1",
        "street_address_2",
        "city",
        "city_area",
        "postal_code",
        "country",
        "country_area",
        "phone",
    )

    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    company_name = models.CharField(max_length=256, blank=True)
    street_address_1 = models.CharField(max_length=256, blank=True)
    street_address_2 = models.CharField(max_length=256, blank=True)
    city = models.CharField(max_length=256, blank=True)
    city_area = models.CharField(max_length=128, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2)
    country_area = models.CharField(max_length=128, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    validation_skipped = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        parts = (
            self.full_name,
            self.street_address_1,
            f"{self.postal_code} {self.city}".strip(),
            self.country,
        )
        return ", ".join(part for part in parts if part)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def as_dict(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.FIELDS}

    def has_same_fields_as(self, other: "Address") -> bool:
        return self.as_dict() == other.as_dict()

    def copy(self) -> "Address":
        """Save and return a copy, for an order or a checkout."""
        return Address.objects.create(
            **self.as_dict(), validation_skipped=self.validation_skipped, metadata=dict(self.metadata)
        )


def new_token_key() -> str:
    return secrets.token_hex(6)


class UserManager(BaseUserManager["User"]):
    def permission_codes(self, users: Sequence["User"]) -> dict[int, frozenset[str]]:
        """Permission codes by user pk, in at most one statement.

        All for superusers, those of their groups for other active staff, none for customers. What reaches every channel
        is left out for whom all groups limit to some.
        """
        staff = [user for user in users if user.is_active and user.is_staff]
        codes = dict.fromkeys((user.pk for user in users), frozenset[str]())
        codes |= {user.pk: ALL_PERMISSIONS for user in staff if user.is_superuser}
        if by_group := [user.pk for user in staff if not user.is_superuser]:
            links = Group.users.through.objects.filter(user_id__in=by_group)
            columns = ("user_id", "group__permissions", "group__restricted_access_to_channels")
            unlimited: set[int] = set()
            for user_id, group_codes, is_limited in links.values_list(*columns):
                codes[user_id] |= frozenset(group_codes) & ALL_PERMISSIONS
                if not is_limited:
                    unlimited.add(user_id)
            codes |= {pk: codes[pk] - WHOLE_SHOP_PERMISSIONS for pk in by_group if pk not in unlimited}
        return codes

    def accessible_channels(self, users: Sequence["User"]) -> dict[int, frozenset[int] | None]:
        """Channel pks by user pk, in at most two statements; None for whom no channel is closed.

        Staff who are in restricted groups only reach the channels of these groups; customers reach none as staff.
        """
        owners: dict[int, frozenset[int] | None] = {user.pk: None for user in users if user.is_superuser}
        channels: dict[int, frozenset[int] | None] = {
            user.pk: frozenset() for user in users if not user.is_superuser
        }
        if not channels:
            return owners
        links = Group.users.through.objects.filter(user_id__in=list(channels)).select_related("group")
        groups = list(links)
        opened = Group.channels.through.objects.filter(group_id__in=[link.group_id for link in groups])
        by_group: dict[int, set[int]] = {}
        for group_id, channel_id in opened.values_list("group_id", "channel_id"):
            by_group.setdefault(group_id, set()).add(channel_id)
        for link in groups:
            known = channels[link.user_id]
            if known is not None:
                own = frozenset(by_group.get(link.group_id, ()))
                channels[link.user_id] = known | own if link.group.restricted_access_to_channels else None
        return channels | owners

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=email, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        extra = {"is_staff": True, "is_superuser": True, "is_confirmed": True} | extra
        return self.create_user(email, password, **extra)

    def by_email(self, email: str) -> "User | None":
        return self.filter(email=account_email(email)).first()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=account_email(username or ""))


def account_email(address: str) -> str:
    """The form in which accounts are stored, looked up and throttled: cleaned, in lower case."""
    try:
        return clean_email_address(address).lower()
    except InvalidEmailAddress:
        return address.strip().lower()


class User(AbstractBaseUser, WithMetadata):
    """A customer or a member of staff, identified by the email address (stored in lower case)."""

    email = EmailAddressField(unique=True)
    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    is_active = models.BooleanField(default=True)
    is_confirmed = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_superuser = models.BooleanField(default=False)
    language_code = models.CharField(max_length=35, default="en")
    note = models.TextField(blank=True)
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    addresses = models.ManyToManyField(Address, blank=True, related_name="users")
    default_shipping_address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    default_billing_address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Part of every token: changing it invalidates all tokens issued so far.
    jwt_token_key = models.CharField(max_length=12, default=new_token_key)
    last_password_reset_request = models.DateTimeField(null=True, blank=True)
    last_confirm_email_request = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("email",)

    def __str__(self) -> str:
        return str(self.email)

    # What a session or token was given for. When one of these changes, all that were given before end.
    CREDENTIALS: ClassVar = ("password", "email", "is_active", "is_staff")

    @classmethod
    def from_db(cls, *args: Any, **options: Any) -> "User":
        user = super().from_db(*args, **options)
        user._remember_credentials()
        return user

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        super().refresh_from_db(using, fields, from_queryset)
        if fields is None:
            self._remember_credentials()

    def lock(self) -> None:
        """Read the row once more and keep it from others until the transaction ends. Raises NotFound.

        A request read it when it began. Saved as it was then, it would bring back a password, a token key or rights
        that have ended since.
        """
        try:
            self.refresh_from_db(from_queryset=User.objects.select_for_update())
        except User.DoesNotExist:
            raise NotFound("The account does not exist any more.", field="id") from None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = account_email(self.email)
        if any(getattr(self, name) != stored for name, stored in self._stored_credentials.items()):
            self.end_sessions()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "jwt_token_key"}
        super().save(*args, **kwargs)
        self._remember_credentials()

    def end_sessions(self) -> None:
        """Make every token, mailed link and admin session of this user invalid, once it is saved."""
        self.jwt_token_key = new_token_key()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What an admin session is bound to; Django asks with each fallback of SECRET_KEY, too."""
        value = f"{self.password}\n{self.jwt_token_key}"
        return salted_hmac(
            "store.engine.accounts.session", value, secret=secret, algorithm="sha256"
        ).hexdigest()

    # Of a row that was never saved nothing was given.
    _stored_credentials: dict[str, Any] = {}

    def _remember_credentials(self) -> None:
        unread = self.get_deferred_fields()
        self._stored_credentials = {
            name: getattr(self, name) for name in self.CREDENTIALS if name not in unread
        }

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email

    def get_full_name(self) -> str:
        return self.full_name or self.email

    def permission_codes(self) -> frozenset[str]:
        """Codes of Saleor's PermissionEnum, such as MANAGE_ORDERS; none for a customer."""
        return User.objects.permission_codes([self])[self.pk]

    # For Django's admin framework and packages that know nothing of the engine. `perm` is one of Saleor's codes; the
    # permissions that Django names after models exist for superusers only.
    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and (self.is_superuser or perm in self.codes_of_request)

    @cached_property
    def codes_of_request(self) -> frozenset[str]:
        """The permission codes as they were when first asked for: a page asks dozens of times."""
        return self.permission_codes()

    @cached_property
    def channels_of_request(self) -> frozenset[int] | None:
        """Primary keys of the channels that this colleague reaches, as they were when first asked for; None: all."""
        return User.objects.accessible_channels([self])[self.pk]

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff


class StaffMember(User):
    """A user who is staff: the page of the admin that is about colleagues, not about customers."""

    class Meta:
        proxy = True
        verbose_name = "colleague"

    objects: ClassVar[UserManager] = UserManager()


class GroupManager(models.Manager["Group"]):
    def with_channels(self) -> models.QuerySet["Group"]:
        """All, with the channels for `Group.is_within` read in one statement."""
        return self.prefetch_related("channels")


class Group(models.Model):
    """A permission group of staff, optionally restricted to some channels."""

    name = models.CharField(max_length=150, unique=True)
    permissions = models.JSONField(default=list, blank=True)
    users = models.ManyToManyField(User, blank=True, related_name="groups")
    channels = models.ManyToManyField("channels.Channel", blank=True, related_name="groups")
    restricted_access_to_channels = models.BooleanField(default=False)

    objects: ClassVar[GroupManager] = GroupManager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def is_within(self, channels: frozenset[int] | None) -> bool:
        """Whether the group opens none but these channels; None: all."""
        if channels is None:
            return True
        own = {channel.pk for channel in self.channels.all()}
        return self.restricted_access_to_channels and own <= channels


class AuthenticatorApp(TOTPDevice):  # type: ignore[misc]
    """An app on a phone that shows one-time codes. Its seed is encrypted in the column `key` (`sealed_seeds`)."""

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        """The seed. Raises UnreadableSeed."""
        return sealed_seeds.unseal(self.key, user_id=self.user_id)

    @property
    def is_readable(self) -> bool:
        try:
            return bool(self.bin_key)
        except sealed_seeds.UnreadableSeed:
            return False

    def verify_token(self, token: str) -> bool:
        """Whether it is the code of now."""
        return self.is_readable and bool(super().verify_token(token))

    def encrypt_anew(self) -> None:
        """Under today's SECRET_KEY, where an earlier one encrypted the seed; one that none decrypts stays as it is."""
        if not self.is_readable or sealed_seeds.is_current(self.key, user_id=self.user_id):
            return
        sealed = sealed_seeds.seal(self.bin_key, user_id=self.user_id)
        AuthenticatorApp.objects.filter(pk=self.pk, key=self.key).update(key=sealed)
        self.refresh_from_db(fields=["key"])


class EndedLogin(models.Model):
    """A refresh token that its owner logged out with. Deleted once it would have expired in any case."""

    digest = models.CharField(max_length=64, unique=True)  # see jwt_tokens
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:8]
