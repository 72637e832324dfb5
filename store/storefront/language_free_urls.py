"""URL patterns that are there once, whatever the language."""

from django.urls import path

from store.storefront import language_switch, sitemap

app_name = "language-free"

urlpatterns = [
    path("language/<slug:code>/", language_switch.switch, name="language"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]
