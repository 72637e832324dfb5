"""The guides as pages. Their words come from `guidebook`; which sets they belong to, from the shop."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from store import guidebook
from store.storefront import comes_with, door, reading
from store.storefront.languages import chosen_language, links
from store.storefront.page import render

TOPICS = {
    "choose": {"en": "Choose a set", "de": "Ein Set wählen", "es": "Elegir un juego"},
    "start": {"en": "Start here", "de": "Hier anfangen", "es": "Empiece aquí"},
    "material": {"en": "Your kind of cup", "de": "Ihre Art von Schröpfkopf", "es": "Su tipo de ventosa"},
    "area": {"en": "By area", "de": "Nach Körperstelle", "es": "Por zona"},
    "after": {"en": "Afterwards", "de": "Danach", "es": "Después"},
    "care": {"en": "Cleaning and care", "de": "Reinigung und Pflege", "es": "Limpieza y cuidado"},
    "faq": {"en": "Questions", "de": "Fragen", "es": "Preguntas"},
}


@door.catalogue
def index(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    lang = chosen_language(request, library.languages)
    by_topic: dict[str, list[reading.GuideCard]] = {}
    for guide in library.guides.values():
        by_topic.setdefault(guide.topic, []).extend(reading.guide_cards([guide.slug], lang))
    return render(
        request,
        "guides.html",
        {
            "lang": lang,
            "languages": links(request, library.languages, lang),
            "topics": [(TOPICS.get(topic, {}).get(lang, topic), cards) for topic, cards in by_topic.items()],
            "inserts": reading.insert_cards(library.inserts, lang),
        },
    )


@door.catalogue
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
            "body": found.html(lang),
            "contents": reading.contents(found.sections, lang),
            "sets": comes_with.sets_with(request, comes_with.GUIDES, slug),
            "more": reading.guide_cards(found.related, lang),
            "canonical": settings.PUBLIC_URL + reverse("storefront:guide", args=[slug]) + _suffix(lang),
        },
    )


def _suffix(lang: str) -> str:
    return "" if lang == "en" else f"?lang={lang}"
