"""The policy of each kind of page lets its own scripts and styles work."""

from typing import Any

import pytest

from tests.browser.conftest import OpenPage

LOGIN = ("merchant@cupwell.example", "cupwell-demo")


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/orders/order/", "/admin/catalog/product/", "/admin/stock/stock/"]
)
def test_the_admin_works_under_its_policy(open_page: OpenPage, path: str) -> None:
    page = open_page("/admin/login/")
    blocked = watch(page)
    page.fill("[name=username]", LOGIN[0])
    page.fill("[name=password]", LOGIN[1])
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto(path)
    page.wait_for_function("window.Alpine !== undefined")
    assert blocked == []


@pytest.mark.parametrize("path", ["/", "/products/", "/guides/is-cupping-for-me/", "/cart/"])
def test_the_shop_works_under_its_policy(open_page: OpenPage, path: str) -> None:
    page = open_page("/")
    blocked = watch(page)
    page.goto(path)
    assert blocked == []


def test_graphiql_works_under_its_policy(open_page: OpenPage) -> None:
    page = open_page("/")
    blocked = watch(page)
    page.goto("/graphql/")
    page.wait_for_selector(".graphiql-container")
    assert blocked == []


def watch(page: Any) -> list[str]:
    blocked: list[str] = []
    page.on(
        "console",
        lambda message: blocked.append(message.text) if "Content Security" in message.text else None,
    )
    page.on("pageerror", lambda error: blocked.append(str(error)))
    return blocked
