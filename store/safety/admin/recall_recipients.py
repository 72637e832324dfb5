"""Whom a recall concerns: what became of their mail, what they chose, the letter to print, the remedy when done."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from store.channel_limits import WHOLE_SHOP
from store.mailer.models import State
from store.safety.admin.base import ConcernFilter, SafetyRows
from store.safety.models import Recall, RecalledLine, RecallRecipient
from store.safety.recalls import answers, reach
from store.safety.recalls.letters import MAX_LETTERS, letters_pdf

PERMISSION = "MANAGE_ORDERS"


class LineInline(SafetyRows, TabularInline):  # type: ignore[misc]
    model = RecalledLine
    extra = 0
    fields: ClassVar = ["order_number", "sku", "lot_code", "quantity"]
    readonly_fields: ClassVar = fields
    verbose_name_plural = "What is recalled"


@admin.register(RecallRecipient)
class RecallRecipientAdmin(SafetyRows, ModelAdmin):  # type: ignore[misc]
    required_permissions: ClassVar[tuple[str, ...]] = (PERMISSION,)
    channel_path = WHOLE_SHOP  # somebody's orders of all channels are in one row, and in one letter
    list_display: ClassVar = ["order_number", "email", "recall", "mail", "answered", "remedy", "remedied_at"]
    list_filter: ClassVar = [ConcernFilter, "recall", "whereabouts", "remedy"]
    list_select_related: ClassVar = ["recall"]
    search_fields: ClassVar = ["order_number", "email", "lines__order_number", "lines__lot_code"]
    search_help_text = "Order, address or lot"
    fields: ClassVar = [
        "recall",
        "order_number",
        "name",
        "email",
        "language",
        "mail",
        "reminders",
        "posted_at",
        "answered_at",
        "whereabouts",
        "remedy",
        "remedied_at",
        "remedied_by",
    ]
    readonly_fields: ClassVar = fields
    inlines: ClassVar = [LineInline]
    actions: ClassVar = ["mark_remedied", "mark_posted"]
    actions_detail: ClassVar = ["letter_of_one"]
    show_full_result_count = False

    def rows(self, request: HttpRequest) -> QuerySet[RecallRecipient]:
        rows = RecallRecipient.objects.select_related("recall").defer("recall__picture")
        return reach.with_mail(rows)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/letter.pdf", view(self.letter), name="safety_recallrecipient_letter"),
            path("letters/<int:recall>/<str:lang>.pdf", view(self.letters), name="safety_recall_letters"),
            *super().get_urls(),
        ]

    @display(description="Mail")  # type: ignore[untyped-decorator]
    def mail(self, one: RecallRecipient) -> str:
        state = one.mail_state  # type: ignore[attr-defined]
        return str(State(state).label) if state else "Not planned"

    @display(description="Answer", ordering="answered_at")  # type: ignore[untyped-decorator]
    def answered(self, one: RecallRecipient) -> str:
        return one.get_whereabouts_display() if one.answered_at else ""

    @action(description="Letter to print", url_path="print", icon="print")  # type: ignore[untyped-decorator]
    def letter_of_one(self, request: HttpRequest, object_id: int) -> HttpResponse:
        self._require_permission(request)
        return HttpResponseRedirect(reverse("admin:safety_recallrecipient_letter", args=[object_id]))

    def letter(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._require_permission(request)
        return _pdf(list(RecallRecipient.objects.filter(pk=pk).select_related("recall")))

    def letters(self, request: HttpRequest, recall: int, lang: str) -> HttpResponse:
        """The next letters of a recall in one language, for those whom the mail did not reach."""
        self._require_permission(request)
        found = Recall.objects.filter(pk=recall).first()
        if found is None:
            raise Http404
        return _pdf(list(reach.unreached(found).filter(language=lang).select_related("recall")[:MAX_LETTERS]))

    @admin.action(description="The remedy was given")
    def mark_remedied(self, request: HttpRequest, rows: QuerySet[RecallRecipient]) -> None:
        self._mark(request, rows, answers.mark_remedied)

    @admin.action(description="The letter was posted")
    def mark_posted(self, request: HttpRequest, rows: QuerySet[RecallRecipient]) -> None:
        self._mark(request, rows, answers.mark_posted)

    def _mark(self, request: HttpRequest, rows: QuerySet[RecallRecipient], mark: Callable[..., bool]) -> None:
        self._require_permission(request)
        done = sum(mark(pk, who=str(request.user)) for pk in rows.values_list("pk", flat=True))
        messages.success(request, f"Noted for {done} of {len(rows)}.")

    def _require_permission(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise Http404


def _pdf(recipients: list[RecallRecipient]) -> HttpResponse:
    if not recipients:
        raise Http404
    return HttpResponse(letters_pdf(recipients), content_type="application/pdf")
