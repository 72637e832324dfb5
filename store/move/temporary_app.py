"""The app that moves: it has more permissions than the shop's own app needs, so it exists only while a move runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from store.saleor.client.client import Client
from store.saleor.client.enums import PermissionEnum
from store.saleor.client.input_types import AppInput
from store.saleor.errors import check
from store.saleor_app import app_permissions

NAME = f"{app_permissions.APP_NAME}: move"
PERMISSIONS = (
    *app_permissions.ALL,
    PermissionEnum.MANAGE_DISCOUNTS,
    PermissionEnum.MANAGE_GIFT_CARD,
    PermissionEnum.MANAGE_ORDERS_IMPORT,
    PermissionEnum.HANDLE_PAYMENTS,
)


@contextmanager
def temporary_app(login: Callable[[], Client]) -> Iterator[Client]:
    """A client with the app's token. `login`: of a member of staff who may give these permissions.

    An app that a killed run has left is deleted first. Staff log in again to delete it, since a login ends after five
    minutes. Raises SaleorError.
    """
    staff = login()
    _delete_all(staff)
    made = check(staff.app_create(input=AppInput(name=NAME, permissions=list(PERMISSIONS))).app_create)
    try:
        yield staff.with_token(made.auth_token)
    finally:
        _delete_all(login())


def _delete_all(staff: Client) -> None:
    found = staff.apps_by_name(name=NAME).apps
    for edge in found.edges if found else ():
        if edge.node.name == NAME:
            check(staff.app_delete(id=edge.node.id).app_delete)
