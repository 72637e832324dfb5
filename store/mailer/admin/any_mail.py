"""The page that shows any mail in any language, with a made-up order or with one of the shop."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from store.mailer import composition, made_up_orders, orders
from store.mailer.admin.copies import send_copy
from store.mailer.made_up_orders import Choice
from store.mailer.message import Mail
from store.mailer.models import MailPlan
from store.mailer.orders import Order
from store.mailer.shops import of_current_shop
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address
from store.saleor.errors import SaleorError


class AnyMailForm(forms.Form):
    mail = forms.ChoiceField(label="Mail", widget=UnfoldAdminSelectWidget)
    language = forms.ChoiceField(label="Language", widget=UnfoldAdminSelectWidget, choices=settings.LANGUAGES)
    order = forms.CharField(
        label="Order number (empty: a made-up order)",
        max_length=40,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.offered = {str(one): one for one in made_up_orders.choices()}
        self.fields["mail"].choices = [(key, one.label) for key, one in self.offered.items()]  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        return self.offered[self.cleaned_data["mail"]]


class AnyMail:
    """For MailPlanAdmin. GET shows the mail, POST of the same address sends a copy to whoever asks."""

    admin_site: Any
    opts: Any

    @action(description="Show any mail", url_path="any", icon="visibility")  # type: ignore[untyped-decorator]
    def any_mail(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        form = AnyMailForm(request.GET if "mail" in request.GET else None)
        mail = self._composed(request, form) if form.is_bound and form.is_valid() else None
        if mail and request.method == "POST":
            send_copy(request, mail)
            return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Any mail",
            "form": form,
            "mail": mail,
            "back": reverse("admin:mailer_mailplan_changelist"),
        }
        return TemplateResponse(request, "mailer/any_mail.html", context, status=422 if form.errors else 200)

    def _composed(self, request: HttpRequest, form: AnyMailForm) -> Mail | None:
        """None with an error in the form or a message, if there is no such order or it can't be shown."""
        choice, lang = form.choice(), form.cleaned_data["language"]
        number = form.cleaned_data["order"].strip()
        try:
            plans = self.get_queryset(request)  # type: ignore[attr-defined]
            order = _order_of(number, plans) if number else made_up_orders.order(choice, lang=lang)
            if order is None:
                form.add_error("order", "No mail was planned for an order of this number.")
                return None
            recipient = to_smtp_address(str(getattr(request.user, "email", "")))
            return composition.compose(_plan(choice, order, lang), order, recipient=recipient)
        except (SaleorError, InvalidEmailAddress) as error:
            messages.error(request, f"It can't be shown now: {error}")
            return None


def _plan(choice: Choice, order: Order, lang: str) -> MailPlan:
    parcels = [one.id for one in order.fulfillments]
    found = made_up_orders.plan(choice, lang=lang, order_id=order.id, order_number=order.number)
    found.fulfillment_id = parcels[-1] if parcels else ""
    return found


def _order_of(number: str, plans: QuerySet[MailPlan]) -> Order | None:
    """By the mails among these that were planned for it."""
    known = plans.filter(of_current_shop(), order_number=number).exclude(order_id="").first()
    return orders.fetch(known.order_id) if known else None
