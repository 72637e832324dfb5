"""The web app manifest, with which a phone puts the shop on its home screen, in the reader's language."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from store.storefront import languages, view_decorators

GROUND = "#f8f4ec"  # --ground of shop.css in light colors
ICON_SIZES = (192, 512)  # pixels


@view_decorators.public
def manifest(request: HttpRequest) -> JsonResponse:
    start = reverse("storefront:home")
    content = {
        "name": _("Cupwell: cupping sets for the home"),
        "short_name": "Cupwell",
        "lang": languages.current(),
        "id": start,
        "start_url": start,
        "scope": "/",
        "display": "browser",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": [
            {"src": static(f"brand/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in ICON_SIZES
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")
