"""Claims at the desk: marked at their field, kept only by a person with the right and a reason, listed for good."""

import re
from typing import Any

import pytest
from django.test import Client

from store.engine.accounts.models import Group, User
from store.engine.catalog.models import Product
from store.engine.channels.models import Waiver

pytestmark = pytest.mark.django_db(transaction=True)
CLAIM = "A set that relieves back pain."
WHY = "Our lawyer cleared this on 3 May."


def words(desk: Client, shop: Any, title: str = CLAIM, **more: Any) -> Any:
    form = {"name": shop.product.name, "seo_title": title, "seo_description": ""}
    return desk.post(f"/admin/catalog/product/{shop.product.pk}/words/", form | more)


def seen(page: Any) -> list[str]:
    return re.findall(r'name="seen" value="(\w+)"', page.content.decode())


def title_now() -> str | None:
    return Product.objects.get().seo_title


def test_a_claim_is_marked_and_nothing_is_saved(desk: Client, shop: Any) -> None:
    page = words(desk, shop)
    assert page.status_code == 422
    assert re.search(r"<mark>[^<]*relieves back pain[^<]*</mark>", page.content.decode())
    assert page.context["form"].errors["seo_title"] == ["“relieves back pain” makes a claim."]
    assert (title_now(), Waiver.objects.count()) == (None, 0)


def test_kept_with_a_reason_it_is_saved_and_listed(desk: Client, shop: Any) -> None:
    answer = words(desk, shop, keep="on", why=WHY, seen=seen(words(desk, shop)))
    assert answer.status_code == 302
    waiver = Waiver.objects.get()
    assert (title_now(), waiver.sentence, waiver.who, waiver.why) == (
        CLAIM,
        CLAIM,
        "merchant@cupwell.example",
        WHY,
    )
    assert "relieves back pain" in desk.get("/admin/channels/waiver/").content.decode()
    assert WHY in desk.get(f"/admin/channels/waiver/{waiver.pk}/change/").content.decode()


@pytest.mark.parametrize("why", ["", "   ", "ok"])
def test_without_a_reason_nothing_is_kept(desk: Client, shop: Any, why: str) -> None:
    page = words(desk, shop, keep="on", why=why, seen=seen(words(desk, shop)))
    assert page.status_code == 422
    assert "Please give the reason in a sentence." in page.content.decode()
    assert (title_now(), Waiver.objects.count()) == (None, 0)


def test_a_tick_covers_only_the_sentences_that_were_shown(desk: Client, shop: Any) -> None:
    shown = seen(words(desk, shop))
    page = words(desk, shop, "It cures migraine.", keep="on", why=WHY, seen=shown)
    assert page.status_code == 422
    assert (title_now(), Waiver.objects.count()) == (None, 0)
    assert not page.context["keep"].is_bound  # the tick is gone: these are other words


def test_only_who_may_change_the_shop_may_keep_words(shop: Any) -> None:
    clerk = User.objects.create_user("clerk@cupwell.example", "cupwell-demo", is_staff=True)
    group = Group.objects.create(name="Clerks", permissions=["MANAGE_PRODUCTS"])
    clerk.groups.add(group)
    desk = Client()
    desk.force_login(clerk)
    page = words(desk, shop)
    assert "Only somebody who may change" in page.content.decode()
    assert words(desk, shop, keep="on", why=WHY, seen=seen(page)).status_code == 422
    assert not Waiver.objects.exists()
    assert desk.get("/admin/channels/waiver/").status_code == 200
    assert desk.get("/admin/channels/waiver/add/").status_code == 302


def test_a_sentence_can_be_kept_before_it_is_saved_elsewhere(desk: Client, shop: Any) -> None:
    page = desk.post("/admin/channels/waiver/add/", {"text": CLAIM})
    assert page.status_code == 422
    desk.post("/admin/channels/waiver/add/", {"text": CLAIM, "keep": "on", "why": WHY, "seen": seen(page)})
    assert Waiver.objects.get().where == "written down beforehand, text"
    assert words(desk, shop).status_code == 302


def test_a_plain_sentence_needs_no_keeping(desk: Client, shop: Any) -> None:
    page = desk.post("/admin/channels/waiver/add/", {"text": "A quiet hour."})
    assert "makes no claim that we know of" in page.content.decode()


def test_the_log_is_to_read_only(desk: Client, shop: Any) -> None:
    words(desk, shop, keep="on", why=WHY, seen=seen(words(desk, shop)))
    waiver = Waiver.objects.get()
    assert desk.post(f"/admin/channels/waiver/{waiver.pk}/delete/", {"post": "yes"}).status_code in (403, 404)
    desk.post(f"/admin/channels/waiver/{waiver.pk}/change/", {"why": "other"})
    waiver.refresh_from_db()
    assert waiver.why == WHY
