"""/mail/unsubscribe/<token>/: POST unsubscribes at once (RFC 8058: no login, cookie or confirmation), GET shows a form.

GET changes nothing, because mail scanners open every link.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from store.mailer import mail_texts
from store.mailer.unsubscribe import InvalidToken, read_token, suppress


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    try:
        unsubscription = read_token(token)
    except InvalidToken:
        return _page(request, mail_texts.FALLBACK, "broken", status=404)
    if request.method == "POST":
        suppress(unsubscription)
        return _page(request, unsubscription.lang, "done")
    return _page(request, unsubscription.lang, "ask")


def _page(request: HttpRequest, lang: str, step: str, *, status: int = 200) -> HttpResponse:
    context = {"lang": lang, "words": mail_texts.phrases(lang), "step": step}
    return render(request, "mailer/unsubscribe.html", context, status=status)
