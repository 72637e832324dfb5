"""/mail/preferences/<token>/: choose an area, report an arrival, stop the CARE mails. GET changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from store import guidebook
from store.mailer import mail_texts, orders, unsubscribe
from store.mailer.preference_links import InvalidToken, Preferences, read_token
from store.mailer.preferences import areas, choose_area, report_arrival
from store.saleor.errors import SaleorError


@csrf_exempt  # the token is the permission; there is no session
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    try:
        chosen = read_token(token)
    except InvalidToken:
        return _page(request, mail_texts.FALLBACK, "broken", status=404)
    if request.method == "POST":
        return _act(request, chosen)
    return _page(request, chosen.lang, "ask")


def _act(request: HttpRequest, chosen: Preferences) -> HttpResponse:
    action = request.POST.get("action", "")
    if action == "stop":
        unsubscribe.suppress(chosen.unsubscription)
        return _page(request, chosen.lang, "stopped")
    try:
        order = orders.fetch(chosen.order_id)
        if order is None:
            return _page(request, chosen.lang, "broken", status=404)
        if action == "arrived":
            report_arrival(order)
            return _page(request, chosen.lang, "arrived")
        if action == "area" and choose_area(order, request.POST.get("area", ""), lang=chosen.lang):
            return _page(request, chosen.lang, "chosen")
    except SaleorError:
        return _page(request, chosen.lang, "later", status=503)
    return _page(request, chosen.lang, "ask", status=400)


def _page(request: HttpRequest, lang: str, step: str, *, status: int = 200) -> HttpResponse:
    guides = guidebook.library().guides
    context = {
        "lang": lang,
        "words": mail_texts.phrases(lang),
        "step": step,
        "areas": [(slug, guides[slug].title(lang)) for slug in areas()],
    }
    return render(request, "mailer/preferences.html", context, status=status)
