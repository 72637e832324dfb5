"""The guides as pages. Texts come from `guidebook`, the products they belong to from Saleor."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from store import guidebook
from store.storefront import (
    guide_content,
    languages,
    open_graph_images,
    related_products,
    structured_data,
    view_decorators,
)
from store.storefront.page_context import render

FAQ = "faq"  # the topic of guides that are questions and answers
# In the order of the index. Single guides stand together, and a topic of three has a single one beside it.
TOPIC_NAMES = {
    "choose": _("Choose a set"),
    "start": _("Start here"),
    "technique": _("Gliding and staying"),
    "safety": _("When to get help"),
    "area": _("By area"),
    "material": _("Your kind of cup"),
    "faq": _("Questions"),
    "after": _("Afterwards"),
    "care": _("Cleaning and care"),
}


@view_decorators.public
def index(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    lang = languages.current()
    by_topic: dict[str, list[guide_content.GuideCard]] = {topic: [] for topic in TOPIC_NAMES}
    for guide in library.guides.values():
        by_topic.setdefault(guide.topic, []).extend(guide_content.guide_cards([guide.slug], lang))
    return render(
        request,
        "guides.html",
        {
            "topics": [
                (str(TOPIC_NAMES.get(topic, topic)), cards) for topic, cards in by_topic.items() if cards
            ],
            "inserts": guide_content.insert_cards(library.inserts, lang),
        },
    )


@view_decorators.public
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    library = guidebook.library()
    guide = library.guides.get(slug)
    if guide is None:
        raise Http404(gettext("We have no guide of that name."))
    lang = languages.current()
    return render(
        request,
        "guide.html",
        {
            "guide": guide,
            "title": guide.title(lang),
            "summary": guide.summary(lang),
            "body": guide.html(lang),
            "contents": guide_content.table_of_contents(guide.sections, lang),
            "related": related_products.products_with_page(request, related_products.GUIDES_ATTRIBUTE, slug),
            "questions": structured_data.questions(guide, lang) if guide.topic == FAQ else "",
            "more": guide_content.guide_cards(guide.related, lang),
            "canonical": settings.PUBLIC_URL + reverse("storefront:guide", args=[slug]),
            "card": open_graph_images.card_url(open_graph_images.HOME, lang),
        },
    )
