"""The page on which the buyer of an order line reviews it, changes the review or deletes it.

The signed link of the order shows that this is its buyer. Only what has been sent can be reviewed; a review that was
written can be changed or deleted whatever became of the parcel.
"""

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.reviews import writing
from store.reviews.models import MAX_NAME, MAX_TEXT, Review
from store.reviews.writing import BoughtLine, Words
from store.saleor import clients
from store.saleor.order_answers import sent_lines
from store.storefront import form_state, languages, orders, view_decorators
from store.storefront.form_fields import error_summary
from store.storefront.form_state import FormState
from store.storefront.page_context import render

RATINGS = [
    ("", gettext_lazy("Please choose")),
    ("5", gettext_lazy("5 of 5: very happy")),
    ("4", gettext_lazy("4 of 5: happy")),
    ("3", gettext_lazy("3 of 5: it is all right")),
    ("2", gettext_lazy("2 of 5: not happy")),
    ("1", gettext_lazy("1 of 5: not happy at all")),
]
DELETE = "delete"


class ReviewForm(forms.Form):
    rating = forms.ChoiceField(
        label=gettext_lazy("How happy are you with it?"),
        choices=RATINGS,
        error_messages={"required": gettext_lazy("Please choose one from the list.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What should others know?"),
        max_length=MAX_TEXT,
        help_text=gettext_lazy(
            "About the product and our service, please. What it did for your health we may not show."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Please write a few words."),
            "max_length": gettext_lazy("Please shorten it a little."),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Name to show"),
        required=False,
        max_length=MAX_NAME,
        help_text=gettext_lazy("As you like: a first name, or nothing."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


@view_decorators.private
def review(request: HttpRequest, token: str, line_id: str) -> HttpResponse:
    line = _bought_line(token, line_id)
    written = writing.find(line.line_id)
    if request.method == "POST" and DELETE in request.POST:
        writing.delete(line.line_id)
        return form_state.leave(request.path, to=f"{request.path}?deleted=1")
    if request.method == "POST":
        return _handle_post(request, token, line, written)
    state = form_state.read(request)
    form = ReviewForm(dict(state.values)) if state else ReviewForm(initial=_given(written))
    return _render(request, token, line, written, form)


def _bought_line(token: str, line_id: str) -> BoughtLine:
    """Raises Http404 for a link that is not ours or too old, and for a line that is not there or was not sent."""
    try:
        order_id = orders.read_token(token)
    except signing.BadSignature:
        raise Http404(str(orders.INVALID_LINK)) from None
    order = clients.staff().order_page(id=order_id, language=languages.current_code()).order
    found = next((line for line in order.lines if line.id == line_id), None) if order else None
    if (
        order is None
        or found is None
        or found.variant is None
        or not (line_id in sent_lines(order.fulfillments) or writing.find(line_id))
    ):
        raise Http404(_("This can't be reviewed, or not yet."))
    product, variant = orders.names_of(order, found)
    return BoughtLine(
        order_id=order.id,
        order_number=order.number,
        line_id=found.id,
        product_slug=found.variant.product.slug,
        product_name=product,
        variant_name=variant if found.variant_name != found.product_name else "",
        email=order.user_email or "",
    )


def _given(written: Review | None) -> dict[str, str]:
    if written is None:
        return {}
    return {"rating": str(written.rating), "text": written.text, "name": written.name}


def _handle_post(request: HttpRequest, token: str, line: BoughtLine, written: Review | None) -> HttpResponse:
    form = ReviewForm(request.POST)
    if not form.is_valid():
        state = FormState({name: request.POST.get(name, "") for name in form.fields})
        again = form_state.redirect(request, request.path, state)
        return again or _render(request, token, line, written, form, status=422)
    data = form.cleaned_data
    words = Words(
        rating=int(data["rating"]), text=data["text"], name=data["name"], language=languages.current()
    )
    writing.write(line, words)
    return form_state.leave(request.path, to=request.path)


def _render(
    request: HttpRequest,
    token: str,
    line: BoughtLine,
    written: Review | None,
    form: ReviewForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "token": token,
        "line": line,
        "written": written,
        "held": list(dict.fromkeys(sentence for sentence, _why in written.findings)) if written else [],
        "form": form,
        "errors": error_summary(form),
        "is_deleted": request.GET.get("deleted") == "1" and written is None,
        "product_url": reverse("storefront:product", args=[line.product_slug]),
    }
    return render(request, "review.html", context, status=status)
