"""Pages of one mail (what a person may do with it, how it would read now, a copy to oneself), and all in figures."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from store.mailer import composition, interventions
from store.mailer.admin import figures
from store.mailer.admin.copies import send_copy
from store.mailer.mail_classes import Kind
from store.mailer.mail_kinds import mail_kind
from store.mailer.message import Mail
from store.mailer.models import DeliveryReport, MailPlan
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address
from store.saleor.errors import SaleorError


class StepForm(forms.Form):
    """A step and its reason."""

    step = forms.ChoiceField(label="What to do", widget=UnfoldAdminSelectWidget)
    reason = forms.CharField(label="Why", max_length=300, widget=UnfoldAdminTextInputWidget)

    def __init__(self, data: Any = None, *, plan: MailPlan) -> None:
        super().__init__(data)
        steps = [(step.value, step.label) for step in interventions.possible(plan)]
        self.fields["step"].choices = steps  # type: ignore[attr-defined]


class MailPages:
    """For MailPlanAdmin. Whoever may read mails may take the steps."""

    admin_site: Any
    opts: Any

    @action(description="Hold, release, cancel or send again", url_path="steps", icon="edit")  # type: ignore[untyped-decorator]
    def steps(self, request: HttpRequest, object_id: int) -> HttpResponse:
        plan = self._plan(request, object_id)
        form = StepForm(request.POST if request.method == "POST" else None, plan=plan)
        if request.method == "POST" and form.is_valid() and self._take(request, plan, form):
            return HttpResponseRedirect(_page_of(plan))
        context = {"form": form, "taken": plan.interventions.all(), "back": _page_of(plan)}
        return self._page(
            request, plan, "mailer/mail_steps.html", context, status=422 if form.errors else 200
        )

    @action(description="Preview as it would be now", url_path="preview", icon="visibility")  # type: ignore[untyped-decorator]
    def preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """GET shows it, POST sends a copy to whoever asks."""
        plan = self._plan(request, object_id)
        try:
            mail = _compose(plan, recipient=to_smtp_address(str(getattr(request.user, "email", ""))))
        except (SaleorError, InvalidEmailAddress, LookupError) as error:
            messages.error(request, f"It can't be shown now: {error}")
            return HttpResponseRedirect(_page_of(plan))
        if request.method == "POST":
            send_copy(request, mail)
            return HttpResponseRedirect(request.path)
        return self._page(request, plan, "mailer/mail_preview.html", {"mail": mail, "back": _page_of(plan)})

    @action(description="Figures", url_path="figures", icon="bar_chart")  # type: ignore[untyped-decorator]
    def figures(self, request: HttpRequest) -> HttpResponse:
        """Charts of all mails."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Mail in figures",
            "charts": figures.charts(
                plans=self.get_queryset(request),  # type: ignore[attr-defined]
                reports=admin.site.get_model_admin(DeliveryReport).get_queryset(request),
            ),
            "back": reverse("admin:mailer_mailplan_changelist"),
        }
        return TemplateResponse(request, "mailer/figures.html", context)

    def _take(self, request: HttpRequest, plan: MailPlan, form: StepForm) -> bool:
        step = interventions.Step(form.cleaned_data["step"])
        try:
            done = interventions.take(plan, step, reason=form.cleaned_data["reason"], who=str(request.user))
        except SaleorError as error:
            form.add_error(None, f"The order can't be read now, try again later: {error}")
            return False
        if not done:
            form.add_error(
                None,
                "Not possible: it changed meanwhile, or was sent to that address already.",
            )
            return False
        messages.success(request, f"{step.label}: done.")
        return True

    def _plan(self, request: HttpRequest, object_id: int) -> MailPlan:
        plan: MailPlan | None = self.get_object(request, str(object_id))  # type: ignore[attr-defined]
        if plan is None or not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise Http404
        return plan

    def _page(
        self,
        request: HttpRequest,
        plan: MailPlan,
        template: str,
        context: dict[str, Any],
        *,
        status: int = 200,
    ) -> HttpResponse:
        title = f"{plan.get_kind_display()} (order {plan.order_number})"
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": plan,
            "title": title,
        }
        return TemplateResponse(request, template, {**shared, **context}, status=status)


def _compose(plan: MailPlan, *, recipient: str) -> Mail:
    """The mail for the order as it is now. A link that opens an account is never shown: raises LookupError."""
    about = mail_kind(Kind(plan.kind)).about.fetch(plan) if plan.order_id else None
    if about is None:
        raise LookupError("only mails about an order that exists can be previewed")
    return composition.compose(plan, about, recipient=recipient)


def _page_of(plan: MailPlan) -> str:
    return reverse("admin:mailer_mailplan_change", args=[plan.pk])
