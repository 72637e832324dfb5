"""Buyers whom a safety mail did not reach: whom to call, what to print, and how they were told."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from store import guidebook
from store.mailer import contact_tasks, orders, recalls
from store.mailer.admin.base import ConcernFilter, ReadOnlyAdmin
from store.mailer.mail_classes import Kind
from store.mailer.mail_kinds import ABOUT_ORDER, mail_kind
from store.mailer.models import ContactTask, MailBody, MailPlan
from store.saleor.errors import SaleorError


class CloseForm(forms.Form):
    """How the buyer was told."""

    done = forms.ChoiceField(
        label="How the buyer was told",
        choices=[one for one in ContactTask.Done.choices if one[0] != ContactTask.Done.MAILED],
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(label="Note", max_length=300, required=False, widget=UnfoldAdminTextInputWidget)


@admin.register(ContactTask)
class ContactTaskAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    order_path = "plan__order_id"
    list_display: ClassVar = ["order_number", "mail", "recipient", "reason", "opened_at", "state"]
    list_filter: ClassVar = [ConcernFilter, "done"]
    list_select_related: ClassVar = ["plan"]
    search_fields: ClassVar = ["plan__order_number", "plan__recipient"]
    search_help_text = "Order number or recipient"
    ordering: ClassVar = ["-opened_at"]

    @admin.display(description="Order", ordering="plan__order_number")
    def order_number(self, task: ContactTask) -> str:
        return task.plan.order_number

    @admin.display(description="Mail")
    def mail(self, task: ContactTask) -> str:
        return task.plan.get_kind_display()

    @admin.display(description="Address that does not work")
    def recipient(self, task: ContactTask) -> str:
        return task.plan.recipient

    @admin.display(description="State")
    def state(self, task: ContactTask) -> str:
        return task.get_done_display() if task.closed_at else "To do"

    def get_urls(self) -> list[Any]:
        pdf = self.admin_site.admin_view(self.print_insert)
        name = "mailer_contacttask_insert"
        return [path("<int:pk>/inserts/<slug:slug>.pdf", pdf, name=name), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        task = self.get_object(request, object_id)
        if task is None or not self.has_view_permission(request):
            raise Http404
        form = CloseForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._close(request, task, form)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": task,
            "title": f"Tell the buyer of order {task.plan.order_number}",
            "task": task,
            "form": form,
            **_what_to_tell(task.plan),
        }
        return TemplateResponse(
            request, "mailer/contact_task.html", context, status=422 if form.errors else 200
        )

    def print_insert(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """The insert in the buyer's language, to send by post."""
        task = self.get_object(request, str(pk))
        insert = guidebook.library().inserts.get(slug)
        if task is None or insert is None or not self.has_view_permission(request):
            raise Http404
        return HttpResponse(insert.pdf(task.plan.locale), content_type="application/pdf")

    def _close(self, request: HttpRequest, task: ContactTask, form: CloseForm) -> HttpResponse:
        data = form.cleaned_data
        if contact_tasks.close(task, done=data["done"], who=str(request.user), note=data["note"]):
            messages.success(request, f"Noted for order {task.plan.order_number}.")
        else:
            messages.warning(request, "It was closed already.")
        return HttpResponseRedirect(reverse("admin:mailer_contacttask_changelist"))

    def rows(self, request: HttpRequest) -> QuerySet[ContactTask]:
        return ContactTask.objects.select_related("plan")


def _what_to_tell(plan: MailPlan) -> dict[str, Any]:
    """Where the buyer lives, and what the mail said or would say."""
    try:
        order = orders.fetch(plan.order_id)
    except SaleorError as error:
        return {"problem": f"The order can't be read now: {error}"}
    body = MailBody.objects.filter(attempt__plan=plan).order_by("-attempt__no").first()
    kind = mail_kind(Kind(plan.kind))
    slugs: Sequence[str] = kind.attaches(plan, order) if order and kind.about is ABOUT_ORDER else ()
    return {
        "address": order.address if order else None,
        "address_lines": order.address.lines() if order and order.address else (),
        "text": body.text if body else "",
        "slugs": slugs,
        "letter_url": recalls.letter_url(plan),
    }
