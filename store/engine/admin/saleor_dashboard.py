"""With a real Saleor behind the store: links to its Dashboard, where orders, products and customers are."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class DashboardLink:
    """A page of Saleor's Dashboard; `icon` is a name of Material Symbols."""

    title: str
    icon: str
    url: str


_PAGES = (
    ("Orders", "package_2", "orders"),
    ("Products", "category", "products"),
    ("Stock and warehouses", "inventory_2", "warehouses"),
    ("Customers", "group", "customers"),
    ("Vouchers", "sell", "discounts/vouchers"),
    ("Gift cards", "redeem", "gift-cards"),
    ("Shipping", "local_shipping", "shipping"),
    ("Taxes", "percent", "taxes"),
    ("Channels", "public", "channels"),
    ("Menus", "menu", "structures"),
    ("Pages", "article", "models"),
)


def dashboard_links() -> list[DashboardLink]:
    """None while the embedded engine answers."""
    if settings.EMBEDDED:
        return []
    base = settings.SALEOR_DASHBOARD_URL
    return [DashboardLink(title, icon, f"{base}/{path}") for title, icon, path in _PAGES]
