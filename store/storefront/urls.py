"""URL patterns of the shopper's pages. Each is there in every language: `/products/`, `/de/products/`."""

from django.urls import path, register_converter

from store.storefront import (
    cart,
    channel_switch,
    choosing,
    compare,
    find_order,
    guides,
    home,
    inserts,
    order_return,
    orders,
    product,
    product_feed,
    product_list,
    recalls,
    reorder,
    search_suggestions,
    self_check,
    service_worker,
    shop_pages,
    styleguide,
    web_manifest,
)
from store.storefront import contact as contact_page
from store.storefront.account import addresses, deletion, details, login, overview, passwords, register
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
    path("orders/find/", find_order.find_order, name="find-order"),
    path("orders/<str:token>/again/", reorder.reorder, name="reorder"),
    path("orders/<str:token>/return/", order_return.ask_return, name="order-return"),
    path("orders/<str:token>/", orders.order, name="order"),
    path("recalls/", recalls.index, name="recalls"),
    path("recalls/<int:pk>/", recalls.recall, name="recall"),
    path("recalls/<int:pk>/picture.png", recalls.picture, name="recall-picture"),
    path("recalls/answer/<str:token>/", recalls.answer, name="recall-answer"),
    path("account/", overview.account, name="account"),
    path("account/data.json", overview.export, name="account-export"),
    path("account/log-in/", login.log_in, name="log-in"),
    path("account/log-out/", login.log_out, name="log-out"),
    path("account/log-out/everywhere/", login.log_out_everywhere, name="log-out-everywhere"),
    path("account/register/", register.register, name="register"),
    path("account/confirm/", register.confirm, name="confirm-account"),
    path("account/reset-password/", passwords.request_reset, name="reset-password"),
    path("account/new-password/", passwords.set_new, name="new-password"),
    path("account/password/", passwords.change, name="change-password"),
    path("account/details/", details.details, name="account-details"),
    path("account/email/", details.change_email, name="change-email"),
    path("account/email/confirm/", details.confirm_email, name="confirm-email"),
    path("account/addresses/", addresses.addresses, name="addresses"),
    path("account/addresses/<str:address_id>/", addresses.edit, name="edit-address"),
    path("account/addresses/<str:address_id>/change/", addresses.change, name="change-address"),
    path("account/delete/", deletion.request_deletion, name="delete-account"),
    path("account/delete/confirm/", deletion.confirm, name="confirm-deletion"),
    path("pages/<unicode_slug:slug>/", shop_pages.shop_page, name="shop-page"),
    path("contact/", contact_page.contact, name="contact"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("region/", channel_switch.region, name="region"),
]
