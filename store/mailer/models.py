"""The mailer's tables: the queue, the log and the record of what was sent."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from store.mailer import mail_words, personal_values
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.shops import current_shop


class State(models.TextChoices):
    PLANNED = "planned", "Planned"  # due later
    HELD = "held", "Held"  # waits for an event; see hold_reason
    DUE = "due", "Due"
    CLAIMED = "claimed", "Claimed"  # a worker holds it, nothing has been sent
    SENDING = "sending", "Sending"  # an attempt is under way
    SENT = "sent", "Sent"
    RETRY_WAIT = "retry_wait", "Will be tried again"
    AMBIGUOUS = "ambiguous", "Unknown: the server may have it"
    FAILED = "failed", "Failed"
    UNREACHED = "unreached", "Did not reach the recipient"  # came back, or to an address that does not work
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Too late"


class Problem(models.TextChoices):
    """Why a mail did not leave at the last try, by what has to be done. The first four are transport.Cause."""

    ADDRESS = "address", "The address does not work"
    MAILBOX = "mailbox", "The recipient's mailbox is full or busy"
    REFUSED = "refused", "The server refuses mail from us"
    SERVER = "server", "Our mail server can't be used"
    SHOP = "shop", "The shop did not answer"
    TEXT = "text", "The mail can't be written"


OPEN = (State.PLANNED, State.HELD, State.DUE, State.RETRY_WAIT)  # no worker holds it; may still be changed
CLAIMABLE = (State.DUE, State.RETRY_WAIT)
LEASED = (State.CLAIMED, State.SENDING)


class OrderEvent(models.Model):
    """An event as received. Events arrive in any order and repeatedly; each is stored once a shop, by dedupe_key.

    `order_id` is "" for an event of an account; the link in its payload is taken out when the mail has left.
    """

    shop = models.CharField(max_length=200, default=current_shop)
    dedupe_key = models.CharField(max_length=500)
    kind = models.CharField(max_length=60)
    order_id = models.CharField(max_length=200, db_index=True)
    source = models.CharField(max_length=40)
    payload = models.JSONField()
    occurred_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(default=timezone.now)
    planned_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    error = models.TextField(blank=True)

    class Meta:
        db_table = "mail_order_event"
        indexes = [models.Index(fields=["planned_at", "received_at"])]
        constraints = [models.UniqueConstraint(fields=["shop", "dedupe_key"], name="mail_order_event_once")]
        verbose_name = "event"

    def __str__(self) -> str:
        return self.dedupe_key


class MailPlan(models.Model):
    """One mail to be sent once to one recipient."""

    shop = models.CharField(max_length=200, default=current_shop)
    plan_key = models.CharField(max_length=300)
    message_id = models.CharField(max_length=200, unique=True)
    mail_class = models.CharField(max_length=10, choices=MailClass)
    kind = models.CharField(max_length=30, choices=Kind)
    order_id = models.CharField(max_length=200, db_index=True)
    order_number = models.CharField(max_length=40)
    fulfillment_id = models.CharField(max_length=200, blank=True, db_index=True)
    about = models.CharField(max_length=300, blank=True)  # see plan_rules.PlannedMail
    recipient = models.CharField(max_length=320)
    locale = models.CharField(max_length=5)
    event = models.ForeignKey(OrderEvent, null=True, on_delete=models.SET_NULL)  # of a mail about an account
    waits_for = models.CharField(max_length=300, blank=True)  # plan_key of the mail that must be sent first

    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    due_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    priority = models.PositiveSmallIntegerField()
    hold_reason = models.CharField(max_length=60, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    last_error = models.TextField(blank=True)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)  # what last_error is about

    lease_token = models.UUIDField(null=True, db_index=True)  # of the SendingBatch that holds the row
    failures = models.PositiveIntegerField(default=0)
    resends = models.PositiveIntegerField(default=0)  # resends after an ambiguous outcome

    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mail_plan"
        indexes = [
            models.Index(fields=["state", "priority", "next_attempt_at"]),
            models.Index(fields=["state", "due_at"]),
        ]
        # The key first: it is also looked for alone, since a recall outlives a move to another shop.
        constraints = [models.UniqueConstraint(fields=["plan_key", "shop"], name="mail_plan_once")]
        ordering = ["-id"]
        verbose_name = "mail"

    def __str__(self) -> str:
        return self.plan_key


class MerchantMessage(models.Model):
    """What a shopper wrote to the merchant, with a form of the shop; sent to the merchant as a mail.

    `order_id` and `order_number` are "" for a message about no order that we know. `text` of a return lists its pieces,
    and its `asked_at` names the request, as the order's note of it does.
    `answer`: with which the merchant closed a return; what is answered by mail is not known here.
    """

    class Topic(models.TextChoices):
        CONTACT = "contact", "A message"
        RETURN = "return", "Wants to return something"

    topic = models.CharField(max_length=10, choices=Topic)
    digest = models.CharField(
        max_length=64, unique=True
    )  # a second press of the button makes no second message
    sender_name = models.CharField(max_length=250, blank=True)
    sender_email = models.CharField(max_length=320)
    order_id = models.CharField(max_length=200, blank=True)
    order_number = models.CharField(max_length=40, blank=True)
    asked_at = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField()
    answer = models.TextField(blank=True, default="")
    locale = models.CharField(max_length=5)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "mail_merchant_message"
        ordering = ["-id"]
        verbose_name = "message"

    def __str__(self) -> str:
        return f"{self.get_topic_display()} ({self.sender_email})"


class SendingBatch(models.Model):
    """The mails that a worker holds at one time, how far it has come with them, and until when it may hold them.

    place: of the mail whose final dot may have been sent, from 1; 0 before the first. Those before it were accepted or
    have another outcome on record, those after it were certainly not sent. Committed before each final dot.
    lease_until: of the mails after `place`; final_until: of the one at `place`, which may wait long for a reply.
    """

    token = models.UUIDField(unique=True)
    place = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField()
    final_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "mail_sending_batch"

    def __str__(self) -> str:
        return str(self.token)


class MailAttempt(models.Model):
    """One try. Committed before the first byte is sent, so that a killed worker leaves a record."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Under way"
        ACCEPTED = "accepted", "Accepted by the server"
        NOT_SENT = "not_sent", "Not sent"
        UNKNOWN = "unknown", "Unknown"

    plan = models.ForeignKey(MailPlan, on_delete=models.CASCADE, related_name="attempts")
    no = models.PositiveIntegerField()
    recipient = models.CharField(max_length=320, blank=True)
    message_id = models.CharField(max_length=200, blank=True, db_index=True)  # under which reports name it
    via = models.CharField(max_length=200)
    lease_token = models.UUIDField(default=uuid.uuid4, db_index=True)
    place = models.PositiveIntegerField(default=1)  # in its SendingBatch
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    phase_reached = models.CharField(max_length=12, blank=True)
    smtp_code = models.PositiveSmallIntegerField(null=True)
    reply = models.TextField(blank=True)
    text_only_because = models.TextField(blank=True)  # why there was no HTML part; empty if there was one
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mail_attempt"
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="mail_attempt_no")]
        verbose_name = "attempt"

    def __str__(self) -> str:
        return f"attempt {self.no}"


class MailWords(models.Model):
    """Text and HTML part of mails, with marks for the values of their readers; those of one recall are one row.

    digest: SHA-256 of both; packed: see `mail_words`.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    packed = models.BinaryField()

    class Meta:
        db_table = "mail_words"

    def __str__(self) -> str:
        return self.digest


class MailBody(models.Model):
    """The content of an attempt: `words` with `values`, see `mail_words`.

    Attachments are recorded by name, insert version, size and hash.
    """

    attempt = models.OneToOneField(MailAttempt, on_delete=models.CASCADE, related_name="body")
    subject = models.CharField(max_length=300)
    words = models.ForeignKey(MailWords, on_delete=models.PROTECT)
    values: Any = models.JSONField(default=dict)
    attachments: Any = models.JSONField(default=list)
    rendered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "mail_body"
        verbose_name = "body"
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.subject

    @property
    def text(self) -> str:
        return personal_values.fill_text(mail_words.unpack(self.words.packed)[0], self.values)

    @property
    def html(self) -> str:
        return personal_values.fill_html(mail_words.unpack(self.words.packed)[1], self.values)


class SuppressionReason(models.TextChoices):
    ONE_CLICK = "one click", "Unsubscribed"
    COMPLAINT = "complaint", "Reported as unwanted"
    BOUNCED = "bounced", "A mail came back"


class Suppression(models.Model):
    """An address that gets no mail of a class; only a keyed hash of the address is stored. See `suppressions`."""

    address_hash = models.CharField(max_length=64)
    mail_class = models.CharField(max_length=10, choices=MailClass)
    reason = models.CharField(max_length=60, choices=SuppressionReason)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "mail_suppression"
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "mail_class"], name="mail_suppression_once")
        ]

    def __str__(self) -> str:
        return f"{self.mail_class} {self.reason}"


class DeliveryReport(models.Model):
    """A bounce, delay, delivery or complaint about an attempt, as it was reported. Stored once, by `digest`."""

    class Kind(models.TextChoices):
        BOUNCED = "bounced", "Came back"
        DELAYED = "delayed", "Is being tried by the mail server"
        DELIVERED = "delivered", "Delivered"
        COMPLAINT = "complaint", "Reported as unwanted"

    attempt = models.ForeignKey(MailAttempt, null=True, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind)
    recipient = models.CharField(max_length=320, blank=True)
    status = models.CharField(max_length=12, blank=True)  # RFC 3463, as 5.1.1
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "mail_delivery_report"
        ordering = ["-id"]
        verbose_name = "delivery report"

    def __str__(self) -> str:
        return f"{self.kind} {self.status}".strip()


class ContactTask(models.Model):
    """A buyer whom a SAFETY mail did not reach, to be told in another way. At most one is open for a mail."""

    class Done(models.TextChoices):
        CALLED = "called", "Told by telephone"
        POSTED = "posted", "Sent by post"
        MAILED = "mailed", "The mail arrived at another address"
        OTHER = "other", "Told in another way"

    plan = models.ForeignKey(MailPlan, on_delete=models.CASCADE, related_name="contact_tasks")
    reason = models.TextField()
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    done = models.CharField(max_length=10, choices=Done, blank=True)
    closed_by = models.CharField(max_length=254, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "mail_contact_task"
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(closed_at=None), name="mail_contact_task_open"
            )
        ]
        verbose_name = "buyer to contact"
        verbose_name_plural = "buyers to contact"

    def __str__(self) -> str:
        return f"order {self.plan.order_number}"


class Intervention(models.Model):
    """What a person did with a mail, and why."""

    class Step(models.TextChoices):
        HOLD = "hold", "Hold"
        RELEASE = "release", "Release"
        CANCEL = "cancel", "Cancel"
        SEND_AGAIN = "send-again", "Send again"

    plan = models.ForeignKey(MailPlan, on_delete=models.CASCADE, related_name="interventions")
    step = models.CharField(max_length=10, choices=Step)
    reason = models.CharField(max_length=300)
    who = models.CharField(max_length=254)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "mail_intervention"
        ordering = ["-id"]
        verbose_name = "step by hand"
        verbose_name_plural = "steps by hand"

    def __str__(self) -> str:
        return f"{self.step} by {self.who}"


class Heartbeat(models.Model):
    """When a process last did its work: `name` is one of heartbeats.Name. An old value means that none is running."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    started_at = models.DateTimeField(default=timezone.now)  # when such a process was last started

    class Meta:
        db_table = "mail_heartbeat"
        verbose_name = "process"
        verbose_name_plural = "processes"

    def __str__(self) -> str:
        return self.name


class Reconciliation(models.Model):
    """Up to when the changed orders of a shop were looked at; see `reconciliation`. An old value: it can't be asked."""

    shop = models.CharField(max_length=200, unique=True)
    looked_until = models.DateTimeField()
    succeeded_at = models.DateTimeField()
    error = models.TextField(blank=True)  # of the looks since then

    class Meta:
        db_table = "mail_reconciliation"
        verbose_name = "look at changed orders"
        verbose_name_plural = "looks at changed orders"

    def __str__(self) -> str:
        return self.shop


class SendingPause(models.Model):
    """No mail is tried at `scope` until `until`: a mail server (`server:host:port`) or a recipient domain (`@domain`).

    It stays, ended, until a mail was accepted there, so that the next pause is longer.
    """

    scope = models.CharField(max_length=320, unique=True)
    until = models.DateTimeField()
    failures = models.PositiveIntegerField(default=1)
    reason = models.TextField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "mail_sending_pause"
        verbose_name = "pause"

    def __str__(self) -> str:
        return self.scope


class Alarm(models.Model):
    """A mail to the merchant about what needs a person. UNIQUE `hour`: at most one an hour, by all processes."""

    hour = models.CharField(max_length=13, unique=True)
    at = models.DateTimeField(default=timezone.now)
    recipient = models.CharField(max_length=320)
    text = models.TextField()
    fingerprint = models.TextField()  # what it told of, without counts
    error = models.TextField(blank=True)  # why it could not be sent

    class Meta:
        db_table = "mail_alarm"

    def __str__(self) -> str:
        return self.hour
