"""Which stop answers which path."""

from django.urls import path

from store.storefront import (
    cart,
    guides,
    home,
    inserts,
    listing,
    offline,
    orders,
    product,
    region,
    selfcheck,
    signposts,
)
from store.storefront.checkout import contact, delivery, payment

app_name = "storefront"

urlpatterns = [
    path("", home.home, name="home"),
    path("products/", listing.listing, name="listing"),
    path("products/<slug:slug>/", product.product, name="product"),
    path("guides/", guides.index, name="guides"),
    path("guides/is-cupping-for-me/", selfcheck.self_check, name="self-check"),
    path("guides/offline/", offline.lost, name="offline"),
    path("offline.js", offline.worker, name="offline-worker"),
    path("guides/<slug:slug>/", guides.guide, name="guide"),
    path("inserts/<slug:slug>/", inserts.insert, name="insert"),
    path("inserts/<slug:slug>.pdf", inserts.pdf, name="insert-pdf"),
    path("cart/", cart.cart, name="cart"),
    path("checkout/", contact.contact, name="checkout"),
    path("checkout/delivery/", delivery.delivery, name="delivery"),
    path("checkout/payment/", payment.payment, name="payment"),
    path("orders/<str:token>/", orders.order, name="order"),
    path("region/", region.region, name="region"),
    path("robots.txt", signposts.robots, name="robots"),
    path("sitemap.xml", signposts.sitemap, name="sitemap"),
]
