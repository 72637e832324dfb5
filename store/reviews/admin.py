"""The desk's list of reviews: read, publish, refuse with a reason, answer, delete."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from store.read_only_rows import ReadOnlyRows
from store.reviews import decisions, writing
from store.reviews.models import MAX_ANSWER, MAX_REASON, Review

PERMISSION = "MANAGE_PRODUCTS"


class DecisionForm(forms.Form):
    state = forms.ChoiceField(
        label="Decision",
        choices=[(Review.State.APPROVED, "Publish"), (Review.State.REFUSED, "Refuse")],
        widget=UnfoldAdminRadioSelectWidget,
    )
    reason = forms.CharField(
        label="Reason, if you refuse it: the writer reads it",
        required=False,
        max_length=MAX_REASON,
        widget=UnfoldAdminTextInputWidget,
    )
    answer = forms.CharField(
        label="Your answer, shown below the review",
        required=False,
        max_length=MAX_ANSWER,
        widget=UnfoldAdminTextareaWidget,
    )


@admin.register(Review)
class ReviewAdmin(ReadOnlyRows, ModelAdmin):  # type: ignore[misc]
    required_permissions: ClassVar = (PERMISSION,)
    order_path = "order_id"
    list_display: ClassVar = ["product_name", "shown_state", "rating", "words", "short_name", "written_at"]
    list_filter: ClassVar = ["state", "rating", "language"]
    search_fields: ClassVar = ["product_name", "order_number", "text"]
    search_help_text = "Product, order or words"
    fields: ClassVar = [
        "product_name", "variant_name", "order_number", "rating", "name", "language", "text", "found", "state_words",
        "reason", "answer", "written_at", "decided_at", "decided_by",
    ]  # fmt: skip
    readonly_fields: ClassVar = fields
    actions_detail: ClassVar = ["decide", "delete_review"]

    @display(description="Words")  # type: ignore[untyped-decorator]
    def words(self, review: Review) -> str:
        return Truncator(review.text).chars(80)

    @display(description="Name")  # type: ignore[untyped-decorator]
    def short_name(self, review: Review) -> str:
        return Truncator(review.name).chars(20)

    @display(description="Found by the wording check")  # type: ignore[untyped-decorator]
    def found(self, review: Review) -> str:
        return "\n".join(f"{sentence} ({why})" for sentence, why in review.findings) or "nothing"

    @display(
        description="State",
        label={"waiting": "warning", "held": "danger", "approved": "success", "refused": "info"},
    )  # type: ignore[untyped-decorator]
    def shown_state(self, review: Review) -> tuple[str, str]:
        if review.state == Review.State.WAITING and review.findings:
            return "held", "Held: a claim or a danger"
        return review.state, review.get_state_display()

    @display(description="State")  # type: ignore[untyped-decorator]
    def state_words(self, review: Review) -> str:
        return str(self.shown_state(review)[1])

    @action(description="Publish, refuse or answer", url_path="decide", icon="rate_review")  # type: ignore[untyped-decorator]
    def decide(self, request: HttpRequest, object_id: int) -> HttpResponse:
        review = self._review(request, object_id)
        page = reverse("admin:reviews_review_change", args=[review.pk])
        given = {"state": review.state, "reason": review.reason, "answer": review.answer}
        form = DecisionForm(request.POST) if request.method == "POST" else DecisionForm(initial=given)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                decisions.decide(
                    review.pk,
                    state=Review.State(data["state"]),
                    reason=data["reason"],
                    answer=data["answer"],
                    seen_at=request.POST.get("seen_at", ""),
                    who=str(request.user),
                )
            except decisions.ReviewError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{review}: done.")
                return HttpResponseRedirect(page)
        return self._page(request, "reviews/decide.html", review, form=form, back=page)

    @action(description="Delete", url_path="delete-review", icon="delete")  # type: ignore[untyped-decorator]
    def delete_review(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Of the writer's will, who asked the merchant for it."""
        review = self._review(request, object_id)
        if request.method == "POST":
            writing.delete(review.line_id)
            messages.success(request, f"{review}: deleted.")
            return HttpResponseRedirect(reverse("admin:reviews_review_changelist"))
        back = reverse("admin:reviews_review_change", args=[review.pk])
        return self._page(request, "reviews/delete.html", review, back=back)

    def _review(self, request: HttpRequest, object_id: int) -> Review:
        review: Review | None = self.get_object(request, str(object_id))
        if review is None or not self.is_permitted(request):
            raise Http404
        return review

    def _page(self, request: HttpRequest, template: str, review: Review, **context: Any) -> HttpResponse:
        form = context.get("form")
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": review,
            "title": str(review),
            **context,
        }
        return TemplateResponse(request, template, shown, status=422 if form and form.errors else 200)
