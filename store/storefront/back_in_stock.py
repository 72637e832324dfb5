"""The form of a variant that is sold out ("tell me when it is back"), and the pages of the links in its mails.

The form asks for nothing but an address, sets no cookie, and answers alike whether the address waits already or not.
"""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.back_in_stock import links, requests
from store.back_in_stock.links import Step
from store.back_in_stock.requests import Wanted
from store.cross_site_forms import checks_origin
from store.storefront import channels, form_state, languages, view_decorators
from store.storefront.channels import Channel
from store.storefront.form_fields import BAIT, EmailAddressField, error_summary
from store.storefront.form_state import FormState
from store.storefront.page_context import render
from store.storefront.product_details import Product, Variant
from store.storefront.product_fetching import fetch_product

SENT, DONE = "sent", "done"
VARIANT = "variant"


class AddressForm(forms.Form):
    email = EmailAddressField(label=gettext_lazy("Email address"))


def answer_path(token: str, language: str) -> str:
    with translation.override(language):
        return reverse("storefront:back-in-stock-answer", args=[token])


def product_path(slug: str, sku: str, channel: str, language: str) -> str:
    """The page of a product with this variant chosen, in this market."""
    with translation.override(language):
        path = reverse("storefront:product", args=[slug])
    return f"{path}?{urlencode({**({'sku': sku} if sku else {}), channels.PARAMETER: channel})}"


@checks_origin
@view_decorators.private
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    values = request.POST if request.method == "POST" else request.GET
    channel = channels.by_slug(values.get(channels.PARAMETER, "")) or channels.current_channel(request)
    found = fetch_product(slug, channel=channel)
    variant = next((one for one in found.variants if one.id == values.get(VARIANT)), None) if found else None
    if found is None or variant is None:
        raise Http404(_("We don't sell this, or not any more."))
    if request.GET.get(SENT) == "1":
        return _show(request, "sent", product_url=_path_of(found, variant, channel))
    if variant.is_in_stock:
        return form_state.leave(request.path, to=_path_of(found, variant, channel))
    if request.method == "POST":
        return _handle_post(request, found, variant, channel)
    state = form_state.read(request)
    form = AddressForm(dict(state.values)) if state else AddressForm()
    return _show_form(request, form, found, variant, channel)


def _handle_post(request: HttpRequest, found: Product, variant: Variant, channel: Channel) -> HttpResponse:
    page = f"{request.path}?{urlencode({VARIANT: variant.id, channels.PARAMETER: channel.slug})}"
    form = AddressForm(request.POST)
    if not form.is_valid():
        state = FormState({"email": request.POST.get("email", "")[:254]})
        refused = form_state.redirect(request, page, state)
        assert refused is not None, "one short field always fits"
        return refused
    if not request.POST.get(BAIT):
        requests.ask(
            Wanted(
                channel=channel.slug,
                variant_id=variant.id,
                sku=variant.sku,
                product_slug=found.slug,
                email=form.cleaned_data["email"],
                language=languages.current(),
            )
        )
    return form_state.leave(request.path, to=f"{page}&{SENT}=1")


@checks_origin
@view_decorators.private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, since scanners of mail open every link."""
    try:
        step, request_id = links.read(token)
    except links.InvalidLink:
        return _show(request, "broken", status=404)
    if step is Step.STOP:
        return _stop(request, request_id)
    row = requests.find(request_id)
    if row is None:
        return _show(request, "broken", status=410)
    if request.method == "POST":
        requests.confirm(request_id)
        return form_state.leave(request.path, to=f"{request.path}?{DONE}=1")
    step_shown = "confirmed" if row.confirmed_at else "confirm"
    product_url, stop_url = links.product_url(row), links.url(Step.STOP, row)
    return _show(request, step_shown, product_url=product_url, stop_url=stop_url)


def _stop(request: HttpRequest, request_id: int) -> HttpResponse:
    if request.method == "POST":
        requests.stop(request_id)
        return form_state.leave(request.path, to=f"{request.path}?{DONE}=1")
    return _show(request, "stopped" if request.GET.get(DONE) == "1" else "stop")


def _path_of(found: Product, variant: Variant, channel: Channel) -> str:
    return product_path(found.slug, variant.sku, channel.slug, languages.current())


def _show_form(
    request: HttpRequest, form: AddressForm, found: Product, variant: Variant, channel: Channel
) -> HttpResponse:
    return _show(
        request,
        "ask",
        form=form,
        errors=error_summary(form),
        variant=variant,
        channel=channel,
        product_url=_path_of(found, variant, channel),
    )


def _show(request: HttpRequest, step: str, *, status: int = 200, **context: object) -> HttpResponse:
    titles = {
        "confirm": _("Please confirm"),
        "confirmed": _("You are on the list"),
        "stop": _("Delete my address?"),
        "stopped": _("Deleted"),
        "broken": _("This link does not work"),
    }
    title = titles.get(step, _("Tell me when it is back"))
    return render(request, "back_in_stock.html", {"step": step, "title": title, **context}, status=status)
