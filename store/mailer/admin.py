"""The mail admin: what was sent, what waits and why, and "send again" for failed or ambiguous mails."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from store.mailer import enqueue, health, resending
from store.mailer.models import (
    Alarm,
    Heartbeat,
    MailAttempt,
    MailBody,
    MailPlan,
    OrderEvent,
    SendingPause,
    State,
)
from store.saleor.errors import SaleorError

STATE_COLORS = {
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


# Mails show addresses and signed links of customers' orders, so they are for staff who handle orders (Saleor's code).
PERMISSION = "MANAGE_ORDERS"


class ReadOnlyAdmin:
    """Rows are the record of what was sent: no adding, changing or deleting by hand."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_staff and request.user.has_perm(PERMISSION))

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_change_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False


class ConcernFilter(admin.SimpleListFilter):
    """The rows of one of `health.concerns`; with a concern chosen the list says what to do."""

    title = "needs a person"
    parameter_name = "concern"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.code, one.title) for one in health.concerns() if one.rows.model is model_admin.model]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = next((one for one in health.concerns() if one.code == self.value()), None)
        if chosen is None or chosen.rows.model is not queryset.model:
            return queryset
        messages.info(request, chosen.advice)
        return queryset.filter(pk__in=chosen.rows.values("pk"))


class AttemptInline(ReadOnlyAdmin, TabularInline):  # type: ignore[misc]
    model = MailAttempt
    extra = 0
    fields: ClassVar = [
        "no",
        "started_at",
        "ended_at",
        "recipient",
        "outcome",
        "phase_reached",
        "smtp_code",
        "reply",
        "via",
        "text_only_because",
    ]
    readonly_fields: ClassVar = fields


@admin.register(MailPlan)
class MailPlanAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    list_display: ClassVar = [
        "what",
        "order_number",
        "recipient",
        "shown_state",
        "due_at",
        "sent_at",
        "reason",
    ]
    list_filter: ClassVar = [ConcernFilter, "state", "problem", "mail_class", "kind", "locale"]
    search_fields: ClassVar = ["order_number", "recipient", "message_id", "order_id"]
    search_help_text = "Order number, recipient or Message-ID"
    ordering: ClassVar = ["-due_at", "-id"]
    inlines: ClassVar = [AttemptInline]
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

    @display(description="State", ordering="state", label=STATE_COLORS)  # type: ignore[untyped-decorator]
    def shown_state(self, plan: MailPlan) -> tuple[str, str]:
        return plan.state, plan.get_state_display()

    @admin.display(description="Why")
    def reason(self, plan: MailPlan) -> str:
        return plan.hold_reason or plan.cancel_reason or plan.last_error

    @admin.display(description="Newest version")
    def body(self, plan: MailPlan) -> SafeString | str:
        latest = MailBody.objects.filter(attempt__plan=plan).order_by("-attempt__no").first()
        if latest is None:
            return "Not written yet: a mail is made at the moment it leaves, with the order as it is then."
        return format_html(
            "<p><strong>{}</strong></p><ul>{}</ul>"
            '<iframe title="The HTML part" sandbox="" srcdoc="{}"'
            ' style="width:100%;height:28rem;margin:1rem 0"></iframe>'
            "<details><summary>Plain text</summary>"
            '<pre style="white-space:pre-wrap;max-width:75ch">{}</pre></details>',
            latest.subject,
            format_html_join("", "<li>{} ({} bytes, sha256 {})</li>", _attachment_rows(latest)),
            latest.html,
            latest.text,
        )

    @admin.action(description="Send again, to the address that the order has now")
    def send_again(self, request: HttpRequest, queryset: QuerySet[MailPlan]) -> None:
        again = skipped = 0
        for plan in queryset:
            try:
                is_again = resending.send_again(plan)
            except SaleorError as error:
                messages.error(request, f"The order of “{plan}” can't be read now, try again later: {error}")
                continue
            again, skipped = again + is_again, skipped + (not is_again)
        messages.success(request, f"{again} to be sent again within a minute.")
        if skipped:
            messages.warning(
                request,
                f"{skipped} left alone: on their way, cancelled, or sent to this very address already.",
            )


@admin.register(OrderEvent)
class OrderEventAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    list_display: ClassVar = ["kind", "order_id", "source", "received_at", "planned_at", "error"]
    list_filter: ClassVar = [ConcernFilter, "kind", "source"]
    exclude: ClassVar = ["payload"]  # the link of an account mail opens the account
    search_fields: ClassVar = ["order_id", "dedupe_key"]
    ordering: ClassVar = ["-received_at"]
    actions: ClassVar = ["plan_again"]

    @admin.action(description="Plan the mails now (only events that could not be planned)")
    def plan_again(self, request: HttpRequest, queryset: QuerySet[OrderEvent]) -> None:
        event_ids = list(queryset.filter(planned_at=None).values_list("pk", flat=True))
        OrderEvent.objects.filter(pk__in=event_ids).update(tries=0, next_try_at=timezone.now())
        for event_id in event_ids:
            enqueue.enqueue_ingest(event_id=event_id)
        messages.success(request, f"{len(event_ids)} will be planned within a minute.")


@admin.register(SendingPause)
class SendingPauseAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    list_display: ClassVar = ["scope", "until", "failures", "reason", "since"]
    list_filter: ClassVar = [ConcernFilter]
    ordering: ClassVar = ["-until"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    list_display: ClassVar = ["name", "at", "started_at"]
    list_filter: ClassVar = [ConcernFilter]
    ordering: ClassVar = ["at"]


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    list_display: ClassVar = ["at", "recipient", "text", "error"]
    ordering: ClassVar = ["-at"]


def _attachment_rows(body: MailBody) -> list[tuple[str, int, str]]:
    return [(item["name"], item["size"], item["sha256"][:12]) for item in body.attachments]
