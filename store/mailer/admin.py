"""The merchant's view of the mail: what was sent, what waits and why; and "send again" where we are not sure."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from store.mailer import enqueue
from store.mailer.models import MailAttempt, MailBody, MailPlan, OrderEvent, State

RESENDABLE = (State.AMBIGUOUS, State.FAILED, State.EXPIRED)
COLOURS = {
    State.SENT: "success",
    State.DUE: "info",
    State.CLAIMED: "info",
    State.SENDING: "info",
    State.RETRY_WAIT: "warning",
    State.HELD: "warning",
    State.AMBIGUOUS: "danger",
    State.FAILED: "danger",
    State.EXPIRED: "danger",
}


class ReadOnly:
    """Rows are evidence: nobody writes, changes or deletes them by hand."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_staff)

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_change_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False


class Attempts(ReadOnly, TabularInline):  # type: ignore[misc]
    model = MailAttempt
    extra = 0
    fields: ClassVar = [
        "no",
        "started_at",
        "ended_at",
        "outcome",
        "phase_reached",
        "smtp_code",
        "reply",
        "via",
    ]
    readonly_fields: ClassVar = fields


@admin.register(MailPlan)
class MailPlanAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display: ClassVar = [
        "what",
        "order_number",
        "recipient",
        "shown_state",
        "due_at",
        "sent_at",
        "reason",
    ]
    list_filter: ClassVar = ["state", "mail_class", "kind", "locale"]
    search_fields: ClassVar = ["order_number", "recipient", "message_id", "order_id"]
    ordering: ClassVar = ["-due_at", "-id"]
    inlines: ClassVar = [Attempts]
    actions: ClassVar = ["send_again"]
    fieldsets: ClassVar = [
        (None, {"fields": ["what", "order_number", "recipient", "locale", "state", "reason"]}),
        ("When", {"fields": ["due_at", "next_attempt_at", "expires_at", "sent_at", "failures", "resends"]}),
        ("What was sent", {"fields": ["body"]}),
        ("For the record", {"fields": ["plan_key", "message_id", "mail_class", "waits_for", "created_at"]}),
    ]

    @admin.display(description="Mail", ordering="kind")
    def what(self, plan: MailPlan) -> str:
        return f"{plan.get_kind_display()} ({plan.about})" if plan.about else plan.get_kind_display()

    @display(description="State", ordering="state", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_state(self, plan: MailPlan) -> tuple[str, str]:
        return plan.state, plan.get_state_display()

    @admin.display(description="Why")
    def reason(self, plan: MailPlan) -> str:
        return plan.hold_reason or plan.cancel_reason or plan.last_error

    @admin.display(description="Newest version")
    def body(self, plan: MailPlan) -> SafeString | str:
        found = MailBody.objects.filter(attempt__plan=plan).order_by("-attempt__no").first()
        if found is None:
            return "Not written yet: a mail is made at the moment it leaves, with the order as it is then."
        return format_html(
            "<p><strong>{}</strong></p><ul>{}</ul>"
            '<iframe title="The HTML part" sandbox="" srcdoc="{}"'
            ' style="width:100%;height:28rem;margin:1rem 0"></iframe>'
            "<details><summary>Plain text</summary>"
            '<pre style="white-space:pre-wrap;max-width:75ch">{}</pre></details>',
            found.subject,
            format_html_join("", "<li>{} ({} bytes, sha256 {})</li>", _attached(found)),
            found.html,
            found.text,
        )

    @admin.action(description="Send again (only failed, unknown or too late)")
    def send_again(self, request: HttpRequest, queryset: QuerySet[MailPlan]) -> None:
        """A person has looked: the mail goes again, with the same Message-ID."""
        plans = list(queryset.filter(state__in=RESENDABLE))
        for plan in plans:
            _send_again(plan)
        left_out = queryset.count() - len(plans)
        messages.success(request, f"{len(plans)} to be sent again within a minute.")
        if left_out:
            messages.warning(request, f"{left_out} left alone: they are sent, on their way, or cancelled.")


@admin.register(OrderEvent)
class OrderEventAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display: ClassVar = ["kind", "order_id", "source", "received_at", "planned_at", "error"]
    list_filter: ClassVar = ["kind", "source"]
    search_fields: ClassVar = ["order_id", "dedupe_key"]
    ordering: ClassVar = ["-received_at"]
    actions: ClassVar = ["plan_again"]

    @admin.action(description="Plan the mails now (only events that could not be planned)")
    def plan_again(self, request: HttpRequest, queryset: QuerySet[OrderEvent]) -> None:
        left_over = list(queryset.filter(planned_at=None).values_list("pk", flat=True))
        OrderEvent.objects.filter(pk__in=left_over).update(tries=0)
        for event_id in left_over:
            enqueue.ingest(event_id=event_id)
        messages.success(request, f"{len(left_over)} will be planned within a minute.")


def _send_again(plan: MailPlan) -> None:
    with transaction.atomic(durable=True):
        moved = MailPlan.objects.filter(pk=plan.pk, state__in=RESENDABLE).update(
            state=State.DUE, next_attempt_at=timezone.now(), expires_at=None, resends=0
        )
        if moved:
            plan.state = State.DUE
            enqueue.send_later(plan)


def _attached(body: MailBody) -> list[tuple[str, int, str]]:
    return [(one["name"], one["size"], one["sha256"][:12]) for one in body.attachments]
