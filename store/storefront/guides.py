"""The guides as pages. Texts come from `guidebook`, the products they belong to from Saleor."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from store import guidebook
from store.storefront import guide_content, related_products, view_decorators
from store.storefront.languages import language_links, requested_language
from store.storefront.page_context import render

TOPIC_NAMES = {
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


INDEX_TEXTS = {
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


@view_decorators.public
def index(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    lang = requested_language(request, library.languages)
    by_topic: dict[str, list[guide_content.GuideCard]] = {}
    for guide in library.guides.values():
        by_topic.setdefault(guide.topic, []).extend(guide_content.guide_cards([guide.slug], lang))
    return render(
        request,
        "guides.html",
        {
            "lang": lang,
            "languages": language_links(request, library.languages, lang),
            "topics": [
                (TOPIC_NAMES.get(topic, {}).get(lang, topic), cards) for topic, cards in by_topic.items()
            ],
            **INDEX_TEXTS[lang],
            "inserts": guide_content.insert_cards(library.inserts, lang),
        },
    )


@view_decorators.public
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    library = guidebook.library()
    guide = library.guides.get(slug)
    if guide is None:
        raise Http404("We have no guide of that name.")
    lang = requested_language(request, library.languages)
    return render(
        request,
        "guide.html",
        {
            "guide": guide,
            "lang": lang,
            "languages": language_links(request, library.languages, lang),
            "title": guide.title(lang),
            "summary": guide.summary(lang),
            "labels": guide_content.LABELS[lang],
            "body": guide.html(lang),
            "contents": guide_content.table_of_contents(guide.sections, lang),
            "related": related_products.products_with_page(request, related_products.GUIDES_ATTRIBUTE, slug),
            "more": guide_content.guide_cards(guide.related, lang),
            "canonical": settings.PUBLIC_URL
            + reverse("storefront:guide", args=[slug])
            + _language_suffix(lang),
        },
    )


def _language_suffix(lang: str) -> str:
    return "" if lang == "en" else f"?lang={lang}"
