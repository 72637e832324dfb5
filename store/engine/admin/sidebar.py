"""The navigation of the admin. Models that other packages register (mail, lots) are appended automatically."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from store.engine.admin.saleor_dashboard import dashboard_links

GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Selling",
        (
            ("orders.order", "Orders", "package_2"),
            ("checkout.checkout", "Paid, no order", "shopping_cart_checkout"),
            ("accounts.user", "Customers", "group"),
            ("discounts.voucher", "Vouchers", "sell"),
            ("discounts.giftcard", "Gift cards", "redeem"),
        ),
    ),
    (
        "Goods",
        (
            ("catalog.product", "Products", "category"),
            ("stock.stock", "Stock", "inventory_2"),
            ("back_in_stock.stockrequest", "Waiting for stock", "notifications"),
            ("reviews.review", "Reviews", "rate_review"),
            ("safety.lot", "Lots", "qr_code_2"),
            ("url:admin-guides", "Guides and inserts", "menu_book"),
            ("url:admin-check-text", "Check a text", "spellcheck"),
            ("safety.recall", "Recalls", "warning"),
            ("safety.recallrecipient", "Buyers of recalled goods", "person_alert"),
            ("stock.stockmovement", "Stock ledger", "receipt_long"),
            ("channels.refusedsentence", "Refused sentences", "speaker_notes_off"),
            ("channels.waiver", "Kept sentences", "format_quote"),
        ),
    ),
    (
        "House",
        (
            ("stock.warehouse", "Warehouses", "warehouse"),
            ("shipping.shippingzone", "Shipping zones", "map"),
            ("shipping.shippingmethod", "Shipping prices", "local_shipping"),
            ("taxes.taxclass", "Taxes", "percent"),
            ("channels.channel", "Channels", "public"),
            ("catalog.menu", "Menus", "menu"),
            ("catalog.page", "Pages", "article"),
            ("accounts.staffmember", "Colleagues", "badge"),
            ("events.event", "Audit log", "history"),
            ("events.eventdelivery", "Told to others", "outgoing_mail"),
        ),
    ),
    (
        "Mail",
        (
            ("mailer.mailplan", "Mails", "mail"),
            ("mailer.contacttask", "Buyers to contact", "contact_phone"),
            ("mailer.deliveryreport", "Mails that came back", "mark_email_unread"),
            ("mailer.sendingpause", "Sending on hold", "pause_circle"),
            ("mailer.alarm", "Alarms to you", "notification_important"),
            ("mailer.orderevent", "What mails are about", "receipt"),
            ("mailer.reconciliation", "Orders looked at again", "sync"),
            ("mailer.heartbeat", "Background work", "monitor_heart"),
        ),
    ),
)
ICON = "folder"
PAGE = "url:"  # before the name of a page that every colleague may open and that is no list of rows


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Unfold's SIDEBAR navigation: the pages that the user has permission for."""
    registered = {model._meta.label_lower: model_admin for model, model_admin in admin.site._registry.items()}
    visible = {
        label: model_admin
        for label, model_admin in registered.items()
        if model_admin.has_module_permission(request)
    }
    groups: list[dict[str, Any]] = [
        {"items": [{"title": "Today", "icon": "today", "link": reverse("admin:index")}]}
    ]
    if in_dashboard := [{"title": one.title, "icon": one.icon, "link": one.url} for one in dashboard_links()]:
        groups.append({"title": "In Saleor's Dashboard", "separator": True, "items": in_dashboard})
    for title, items in GROUPS:
        shown = [
            _item(label, name, icon)
            for label, name, icon in items
            if label.startswith(PAGE) or visible.pop(label, False)
        ]
        groups.append({"title": title, "separator": True, "items": shown})
    rest = [
        _item(label, str(model_admin.opts.verbose_name_plural).capitalize(), ICON)
        for label, model_admin in visible.items()
    ]
    groups[-1]["items"] += sorted(rest, key=lambda item: str(item["title"]))
    return [group for group in groups if group["items"]]


def titles() -> dict[str, str]:
    """The name in the menu of each list, by its address."""
    registered = {model._meta.label_lower for model in admin.site._registry}
    items = (_item(*item) for _, group in GROUPS for item in group if item[0] in registered)
    return {item["link"]: item["title"] for item in items}


def _item(label: str, title: str, icon: str) -> dict[str, Any]:
    is_page = label.startswith(PAGE)
    link = reverse(label.removeprefix(PAGE) if is_page else f"admin:{label.replace('.', '_')}_changelist")
    return {"title": title, "icon": icon, "link": link}
