"""Recalls for everybody: the list, the notice, "is mine affected?", and the page on which a buyer answers.

The pages read the shop's own records, not Saleor: what is recalled shows at once, and no page cache keeps it.
"""

from email.utils import parseaddr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from store.mailer import mail_texts
from store.safety.models import RecallRecipient, Whereabouts
from store.safety.recalls import answers, links, lookup, notice
from store.storefront import languages, page_cache_middleware, view_decorators
from store.storefront.page_context import render
from store.storefront.signed_paths import path_with_token

MAX_TYPED = 60


def notice_path(recall_id: int, language: str = settings.LANGUAGE_CODE) -> str:
    """The path of a notice in a language of the shop."""
    with translation.override(language):
        return reverse("storefront:recall", args=[recall_id])


def answer_path(token: str, language: str = settings.LANGUAGE_CODE) -> str:
    return path_with_token("recall-answer", token, language)


@view_decorators.public
def index(request: HttpRequest) -> HttpResponse:
    page_cache_middleware.never_store(request)
    lang = languages.current()
    lot, order = (request.GET.get(name, "")[:MAX_TYPED].strip() for name in ("lot", "order"))
    found, recalls = lookup.answer_for(lot=lot, order_number=order) if lot or order else (None, [])
    return render(
        request,
        "recalls.html",
        {
            "words": mail_texts.phrases(lang),
            "notices": notice.public_notices(lang),
            "found": found,
            "affected_by": {recall.pk for recall in recalls},
            "lot": lot,
            "order_number": order,
            "contact": parseaddr(settings.MAIL_REPLY_TO)[1],
            "canonical": settings.PUBLIC_URL + reverse("storefront:recalls"),
        },
    )


@view_decorators.public
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    page_cache_middleware.never_store(request)
    found = notice.public_notice(pk, languages.current())
    if found is None:
        raise Http404
    words = mail_texts.phrases(languages.current())
    context = {
        "notice": found,
        "words": words,
        "remedies": [words[f"recall_{code}"] for code in found.recall.remedies],
        "canonical": settings.PUBLIC_URL + reverse("storefront:recall", args=[pk]),
    }
    return render(request, "recall.html", context)


@view_decorators.public
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    page_cache_middleware.never_store(request)
    found = notice.approved().filter(pk=pk).first()
    if found is None or not found.picture:
        raise Http404
    return HttpResponse(bytes(found.picture), content_type="image/png")


@csrf_exempt  # the token is the permission; there is no session
@view_decorators.private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    recipient = links.recipient_of(token)
    if recipient is None:
        return _answer_page(request, None, "broken", status=404)
    if request.method != "POST":
        return _answer_page(request, recipient, "done" if recipient.remedied_at else "ask")
    try:
        was_kept = answers.answer(
            recipient.pk,
            whereabouts=request.POST.get("whereabouts", ""),
            remedy=request.POST.get("remedy", ""),
        )
    except answers.InvalidAnswer:
        return _answer_page(request, recipient, "missing", status=422)
    if not was_kept:
        return _answer_page(request, recipient, "done", status=409)
    return HttpResponseRedirect(request.path, status=303)


def _answer_page(
    request: HttpRequest, recipient: RecallRecipient | None, step: str, *, status: int = 200
) -> HttpResponse:
    lang = languages.current()
    words = mail_texts.phrases(lang)
    found = notice.public_notice(recipient.recall_id, lang) if recipient else None
    context = {
        "words": words,
        "recipient": recipient,
        "notice": found,
        "step": step,
        "thanks": words[f"recall_answer_thanks_{recipient.whereabouts}"]
        if recipient and recipient.whereabouts
        else "",
        "places": [(code, words[f"recall_answer_{code}"]) for code in Whereabouts.values],
        "remedies": [(code, words[f"recall_{code}"]) for code in found.recall.remedies] if found else [],
    }
    return render(request, "recall_answer.html", context, status=status)
