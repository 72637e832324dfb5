"""The mail admin: what was sent, what waits and why, and "send again" for failed or ambiguous mails."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from store.mailer import interventions
from store.mailer.admin.any_mail import AnyMail
from store.mailer.admin.base import ConcernFilter, ReadOnlyAdmin
from store.mailer.admin.mail_pages import MailPages
from store.mailer.models import DeliveryReport, MailAttempt, MailBody, MailPlan, State
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
    State.UNREACHED: "danger",
    State.EXPIRED: "danger",
}


class AttemptInline(ReadOnlyAdmin, TabularInline):  # type: ignore[misc]
    model = MailAttempt
    order_path = "plan__order_id"
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
        "reported",
    ]
    readonly_fields: ClassVar = fields

    def rows(self, request: HttpRequest) -> QuerySet[MailAttempt]:
        found: QuerySet[MailAttempt] = super().rows(request).prefetch_related("reports")
        return found

    @admin.display(description="Reported later")
    def reported(self, attempt: MailAttempt) -> str:
        return "; ".join(
            f"{DeliveryReport.Kind(one.kind).label} {one.status} {one.reason}".strip()
            for one in attempt.reports.all()
        )


@admin.register(MailPlan)
class MailPlanAdmin(AnyMail, MailPages, ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    order_path = "order_id"
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
    actions_list: ClassVar = ["any_mail", "figures"]
    actions_detail: ClassVar = ["steps", "preview"]
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

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The mail with its newest body, which the page asks for several times."""
        plan = super().get_object(request, object_id, from_field)
        if plan is not None:
            plan.newest_body = MailBody.objects.filter(attempt__plan=plan).order_by("-attempt__no").first()
        return plan

    @admin.display(description="Newest version")
    def body(self, plan: Any) -> SafeString | str:
        latest: MailBody | None = plan.newest_body
        if latest is None:
            return "Not written yet: a mail is made at the moment it leaves, with the order as it is then."
        return format_html(
            "<p><strong>{}</strong></p><ul>{}</ul>"
            '<div style="overflow-x:auto"><iframe title="The HTML part" sandbox="" srcdoc="{}"'
            ' style="width:100%;min-width:40rem;height:28rem;margin:1rem 0"></iframe></div>'
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
                step, reason = interventions.Step.SEND_AGAIN, "chosen in the list"
                is_again = interventions.take(plan, step, reason=reason, who=str(request.user))
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


def _attachment_rows(body: MailBody) -> list[tuple[str, int, str]]:
    return [(item["name"], item["size"], item["sha256"][:12]) for item in body.attachments]
