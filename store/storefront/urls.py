"""URL patterns of the shopper's pages. Each is there in every language: `/products/`, `/de/products/`."""

from django.urls import path, register_converter

from store.storefront import (
    cart,
    channel_switch,
    choosing,
    compare,
    guides,
    home,
    inserts,
    orders,
    product,
    product_feed,
    product_list,
    recalls,
    search_suggestions,
    self_check,
    service_worker,
    web_manifest,
)
from store.storefront.checkout import completion, contact, delivery, payment
from store.storefront.url_converters import UnicodeSlugConverter

register_converter(UnicodeSlugConverter, "unicode_slug")

app_name = "storefront"

urlpatterns = [
    path("", home.home, name="home"),
    path("products/", product_list.listing, name="listing"),
    path("search/suggestions/", search_suggestions.suggestions, name="suggestions"),
    path("products/<unicode_slug:slug>/", product.product, name="product"),
    path("compare/", compare.compare, name="compare"),
    path("choose/", choosing.choose, name="choose"),
    path("guides/", guides.index, name="guides"),
    path("guides/is-cupping-for-me/", self_check.self_check, name="self-check"),
    path("guides/offline/", service_worker.offline_page, name="offline"),
    path("offline.js", service_worker.worker_script, name="offline-worker"),
    path("guides/<unicode_slug:slug>/", guides.guide, name="guide"),
    path("inserts/<unicode_slug:slug>/", inserts.insert, name="insert"),
    path("inserts/<unicode_slug:slug>.pdf", inserts.pdf, name="insert-pdf"),
    path("feeds/products.xml", product_feed.feed, name="product-feed"),
    path("app.webmanifest", web_manifest.manifest, name="web-manifest"),
    path("cart/", cart.cart, name="cart"),
    path("checkout/", contact.contact, name="checkout"),
    path("checkout/delivery/", delivery.delivery, name="delivery"),
    path("checkout/payment/", payment.payment, name="payment"),
    path("checkout/payment/<str:token>/", completion.progress, name="payment-progress"),
    path("orders/<str:token>/", orders.order, name="order"),
    path("recalls/", recalls.index, name="recalls"),
    path("recalls/<int:pk>/", recalls.recall, name="recall"),
    path("recalls/<int:pk>/picture.png", recalls.picture, name="recall-picture"),
    path("recalls/answer/<str:token>/", recalls.answer, name="recall-answer"),
    path("region/", channel_switch.region, name="region"),
]
