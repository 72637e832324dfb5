"""The menu of the desk, and the path above each page, which speaks its words."""

from django.contrib import admin
from django.test import Client, RequestFactory

from store.engine.accounts.models import User
from store.engine.admin import sidebar
from store.engine.admin.templatetags.admin_format import as_in_menu


def test_each_list_has_a_name_and_a_sign_of_its_own(admin_user: User) -> None:
    request = RequestFactory().get("/admin/")
    request.user = admin_user
    items = [item for group in sidebar.navigation(request) for item in group["items"]]
    assert not [item["title"] for item in items if item["icon"] == sidebar.ICON]
    assert len({item["icon"] for item in items}) == len(items)
    assert len({item["title"] for item in items}) == len(items)
    assert len(sidebar.titles()) == len(admin.site._registry)


def test_the_path_above_a_page_speaks_the_words_of_the_menu_and_says_nothing_twice(
    admin_client: Client,
) -> None:
    path = admin_client.get("/admin/mailer/heartbeat/").text.partition("<h1")[2].partition("</h1>")[0]
    assert "Background work" in path
    assert "processes" not in path.lower()
    orders = [
        {"link": "/admin/orders/", "title": "Orders"},
        {"link": "/admin/orders/order/", "title": "orders"},
    ]
    assert [part["title"] for part in as_in_menu(orders)] == ["Orders"]
