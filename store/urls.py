"""The root URLconf: admin, health, mailer, the engine when it is embedded, and the storefront."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from store.health import healthz
from store.safety import guide_pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/guides/", guide_pages.guides_page, name="admin-guides"),
    path("admin/check-text/", guide_pages.check_text_page, name="admin-check-text"),
    path("admin/", include("store.engine.admin.urls")),
    path("", include("store.mailer.urls")),
    path("", include("store.saleor_app.urls")),
]
if settings.EMBEDDED:
    urlpatterns += [path("", include("store.engine.graphql.urls"))]
urlpatterns += [
    path("", include("store.storefront.language_free_urls")),
    *i18n_patterns(path("", include("store.storefront.urls")), prefix_default_language=False),
]

handler400 = "store.storefront.errors.bad_request"
handler403 = "store.storefront.errors.forbidden"
handler404 = "store.storefront.errors.not_found"
handler500 = "store.storefront.errors.server_error"
