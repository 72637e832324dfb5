"""The permission groups that a new shop begins with. A merchant may change or delete them: they are made once."""

from django.db import transaction

from store.engine.accounts.models import Group

# Saleor's permissions, no more than the work needs. The owner is a superuser and needs no group.
ROLES = {
    "Catalogue": (
        "MANAGE_PRODUCTS",
        "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
        "MANAGE_PAGES",
        "MANAGE_PAGE_TYPES_AND_ATTRIBUTES",
        "MANAGE_MENUS",
        "MANAGE_TRANSLATIONS",
    ),
    "Warehouse": ("MANAGE_ORDERS", "MANAGE_PRODUCTS"),
    "Support": ("MANAGE_ORDERS", "MANAGE_USERS", "MANAGE_CHECKOUTS"),
    "Safety officer": ("MANAGE_PRODUCTS", "MANAGE_PAGES", "MANAGE_ORDERS"),
}


def ensure_roles() -> list[str]:
    """Make the groups in a shop that has none; returns their names."""
    with transaction.atomic():
        if Group.objects.exists():
            return []
        Group.objects.bulk_create(
            Group(name=name, permissions=sorted(codes)) for name, codes in ROLES.items()
        )
    return list(ROLES)
