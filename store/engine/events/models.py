"""Apps and their tokens, webhooks, the outbox of events, their deliveries and delivery attempts, the signing key."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from store.engine.events.metadata import WithMetadata


class App(WithMetadata):
    """A program that uses the API with permissions of its own.

    One that was installed from its manifest is of the type THIRDPARTY and has what the manifest says about it; while
    it is being installed it has an `installation`.
    """

    class Type(models.TextChoices):
        LOCAL = "LOCAL"
        THIRDPARTY = "THIRDPARTY"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60)
    identifier = models.CharField(max_length=256, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    permissions = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    type = models.CharField(max_length=10, choices=Type.choices, default=Type.LOCAL)
    about_app = models.TextField(null=True, blank=True)
    data_privacy = models.TextField(null=True, blank=True)
    data_privacy_url = models.CharField(max_length=2048, null=True, blank=True)
    homepage_url = models.CharField(max_length=2048, null=True, blank=True)
    support_url = models.CharField(max_length=2048, null=True, blank=True)
    configuration_url = models.CharField(max_length=2048, null=True, blank=True)
    app_url = models.CharField(max_length=2048, null=True, blank=True)
    manifest_url = models.CharField(max_length=2048, null=True, blank=True)
    version = models.CharField(max_length=60, null=True, blank=True)
    audience = models.CharField(
        max_length=256, null=True, blank=True
    )  # `aud` of the tokens that the Dashboard gives it
    author = models.CharField(max_length=60, null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def permission_codes(self) -> frozenset[str]:
        return frozenset(self.permissions) if self.is_active else frozenset()


@dataclass(frozen=True, slots=True)
class AppRequestor:
    """Requestor for rendering an app's webhook payloads: they contain what the app's permissions allow."""

    app: App
    user: None = None
    is_app_for_user: bool = False

    @property
    def permissions(self) -> frozenset[str]:
        return self.app.permission_codes()


class AppToken(models.Model):
    """Only a keyed hash is stored; the token itself is shown once, when it is created."""

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=128, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    last_4 = models.CharField(max_length=4)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.name or 'token'} …{self.last_4}"


class AppExtension(models.Model):
    """A page of an installed app that Saleor's Dashboard shows inside one of its own."""

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="extensions")
    label = models.CharField(max_length=256)
    url = models.CharField(max_length=2048)
    mount = models.CharField(max_length=256)  # where it is shown, in lower case
    target = models.CharField(max_length=128)  # how, in lower case
    permissions = models.JSONField(default=list, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    identifier = models.CharField(max_length=256, null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.label


class AppInstallation(models.Model):
    """An app that is being installed from its manifest, or whose installation failed; deleted when it has succeeded."""

    class Status(models.TextChoices):
        PENDING = "PENDING"
        FAILED = "FAILED"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    app_name = models.CharField(max_length=60)
    manifest_url = models.CharField(max_length=2048)
    permissions = models.JSONField(default=list, blank=True)
    activate = models.BooleanField(default=True)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.PENDING)
    message = models.CharField(max_length=255, null=True, blank=True)  # why it failed
    leased_until = models.DateTimeField(null=True, blank=True)  # by the worker that installs it
    # Made before it is asked whether it wants to be installed: it calls the API with its token before it answers.
    app = models.OneToOneField(
        App, null=True, blank=True, on_delete=models.SET_NULL, related_name="installation"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.app_name


class Webhook(models.Model):
    """A URL to which an app wants some event types sent, with the payload that its subscription query selects."""

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=255, blank=True)
    identifier = models.CharField(max_length=256, blank=True)
    target_url = models.CharField(max_length=2000)
    is_active = models.BooleanField(default=True)
    secret_key = models.CharField(max_length=255, blank=True)
    subscription_query = models.TextField(blank=True)
    custom_headers = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name or self.target_url


class WebhookEvent(models.Model):
    """One event type that a webhook subscribes to, by Saleor's name, such as ORDER_PAID."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="events")
    event_type = models.CharField(max_length=128, db_index=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("webhook", "event_type"), name="webhook_hears_once")]

    def __str__(self) -> str:
        return self.event_type


class Event(models.Model):
    """The outbox. Written in the transaction of the change it reports; afterwards only `planned_at` is set."""

    type = models.CharField(max_length=128)
    object_kind = models.CharField(max_length=64)
    object_pk = models.CharField(max_length=64)
    extra = models.JSONField(default=dict, blank=True)
    principal_kind = models.CharField(max_length=8, blank=True)  # "User", "App" or empty
    principal_pk = models.CharField(max_length=64, blank=True)
    changes = models.JSONField(default=dict, blank=True)  # by field [before, after], see `value_changes`
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    planned_at = models.DateTimeField(null=True, blank=True)  # when its delivery rows were created

    # For rendering, not stored: the receiving app, the requestor for permissions, fields of a synchronous event.
    recipient: App | None = None
    requestor: "AppRequestor | None" = None
    values: dict[str, Any] | None = None

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=("id",), condition=models.Q(planned_at=None), name="event_unplanned"),
            models.Index(fields=("object_kind", "object_pk"), name="event_object"),
            models.Index(fields=("id",), condition=models.Q(principal_kind="User"), name="event_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.object_kind}:{self.object_pk}"


class EventDelivery(models.Model):
    """The delivery of one event to one webhook or to one in-process listener."""

    class Status(models.TextChoices):
        PENDING = "pending"
        SUCCESS = "success"
        FAILED = "failed"

    id: int
    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    webhook = models.ForeignKey(
        Webhook, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    listener = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PENDING)
    payload = models.TextField(blank=True)  # set by the first attempt, so that every retry sends the same
    tries = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(
        default=timezone.now
    )  # also the end of the claiming worker's lease
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "event deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=("event", "webhook"), condition=~models.Q(webhook=None), name="event_once_per_webhook"
            ),
            models.UniqueConstraint(
                fields=("event", "listener"), condition=~models.Q(listener=""), name="event_once_per_listener"
            ),
        ]
        indexes = [
            models.Index(
                fields=("next_attempt_at",), condition=models.Q(status="pending"), name="delivery_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.listener or self.webhook}"

    @property
    def event_type(self) -> str:
        return self.event.type


class EventDeliveryAttempt(models.Model):
    """One attempt, for the log: the response and the duration in seconds."""

    delivery = models.ForeignKey(EventDelivery, on_delete=models.CASCADE, related_name="attempts")
    task_id = models.CharField(max_length=255, blank=True)
    duration = models.FloatField(null=True)
    response = models.TextField(blank=True)
    response_status_code = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=8, choices=EventDelivery.Status.choices)
    created_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(
        default=timezone.now, editable=False
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.status} {self.response_status_code or ''}".strip()


class SigningKey(models.Model):
    """The shop's private key, encrypted with SECRET_KEY. One row for each SECRET_KEY; see `signing_keys`."""

    pem = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"key {self.pk}"
