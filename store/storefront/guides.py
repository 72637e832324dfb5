"""The guides as pages. Their words come from `guidebook`; which sets they belong to, from the shop."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from store import guidebook
from store.storefront import guide_content, related_products, view_decorators
from store.storefront.languages import chosen_language, links
from store.storefront.page_context import render

TOPICS = {
    "choose": {"en": "Choose a set", "de": "Ein Set wählen", "es": "Elegir un juego"},
    "start": {"en": "Start here", "de": "Hier anfangen", "es": "Empiece aquí"},
    "material": {"en": "Your kind of cup", "de": "Ihre Art von Schröpfkopf", "es": "Su tipo de ventosa"},
    "area": {"en": "By area", "de": "Nach Körperstelle", "es": "Por zona"},
    "technique": {
        "en": "Gliding and staying",
        "de": "Gleiten und Stehenlassen",
        "es": "Deslizar y dejar fija",
    },
    "after": {"en": "Afterwards", "de": "Danach", "es": "Después"},
    "care": {"en": "Cleaning and care", "de": "Reinigung und Pflege", "es": "Limpieza y cuidado"},
    "safety": {"en": "When to get help", "de": "Wann Sie Hilfe holen", "es": "Cuándo pedir ayuda"},
    "faq": {"en": "Questions", "de": "Fragen", "es": "Preguntas"},
}


INDEX = {
    "en": {
        "title": "Guides",
        "lead": "The same words that come with your set. Start with the first session, then read the guide for your"
        " kind of cup.",
        "inserts_title": "Safety inserts",
    },
    "de": {
        "title": "Anleitungen",
        "lead": "Dieselben Worte, die Ihrem Set beiliegen. Beginnen Sie mit der ersten Anwendung, dann kommt die"
        " Anleitung für Ihre Art von Schröpfkopf.",
        "inserts_title": "Sicherheitsblätter",
    },
    "es": {
        "title": "Guías",
        "lead": "Las mismas palabras que acompañan a su juego. Empiece por la primera sesión y siga con la guía de su"
        " tipo de ventosa.",
        "inserts_title": "Hojas de seguridad",
    },
}


@view_decorators.catalogue
def index(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    lang = chosen_language(request, library.languages)
    by_topic: dict[str, list[guide_content.GuideCard]] = {}
    for guide in library.guides.values():
        by_topic.setdefault(guide.topic, []).extend(guide_content.guide_cards([guide.slug], lang))
    return render(
        request,
        "guides.html",
        {
            "lang": lang,
            "languages": links(request, library.languages, lang),
            "topics": [(TOPICS.get(topic, {}).get(lang, topic), cards) for topic, cards in by_topic.items()],
            **INDEX[lang],
            "inserts": guide_content.insert_cards(library.inserts, lang),
        },
    )


@view_decorators.catalogue
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    library = guidebook.library()
    found = library.guides.get(slug)
    if found is None:
        raise Http404("We have no guide of that name.")
    lang = chosen_language(request, library.languages)
    return render(
        request,
        "guide.html",
        {
            "guide": found,
            "lang": lang,
            "languages": links(request, library.languages, lang),
            "title": found.title(lang),
            "summary": found.summary(lang),
            "around": guide_content.AROUND[lang],
            "body": found.html(lang),
            "contents": guide_content.contents(found.sections, lang),
            "sets": related_products.sets_with(request, related_products.GUIDES, slug),
            "more": guide_content.guide_cards(found.related, lang),
            "canonical": settings.PUBLIC_URL + reverse("storefront:guide", args=[slug]) + _suffix(lang),
        },
    )


def _suffix(lang: str) -> str:
    return "" if lang == "en" else f"?lang={lang}"
