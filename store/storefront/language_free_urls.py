"""URL patterns that are there once, whatever the language."""

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import path

from store.storefront import language_switch, sitemap

app_name = "language-free"


def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """For pages that name no icon, such as the desk's: a browser asks for it here."""
    return HttpResponseRedirect(static("brand/favicon.svg"))


urlpatterns = [
    path("language/<slug:code>/", language_switch.switch, name="language"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]
