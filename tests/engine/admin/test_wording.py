"""Claims in the admin: marked at their field, waived only with the permission and a reason, listed in a log."""

import re
from typing import Any

import pytest
from django.test import Client

from store.engine.accounts.models import Group, User
from store.engine.catalog.models import Product
from store.engine.channels.models import RefusedSentence, Waiver

pytestmark = pytest.mark.django_db(transaction=True)
CLAIM = "A set that relieves back pain."
WHY = "Our lawyer cleared this on 3 May."


def submit_texts(admin_client: Client, shop: Any, title: str = CLAIM, **more: Any) -> Any:
    form = {"name": shop.product.name, "seo_title": title, "seo_description": ""}
    return admin_client.post(f"/admin/catalog/product/{shop.product.pk}/words/", form | more)


def seen_digests(page: Any) -> list[str]:
    return re.findall(r'name="seen" value="(\w+)"', page.content.decode())


def current_title() -> str | None:
    return Product.objects.get().seo_title


def test_a_claim_is_marked_and_nothing_is_saved(admin_client: Client, shop: Any) -> None:
    page = submit_texts(admin_client, shop)
    assert page.status_code == 422
    assert re.search(r"<mark>[^<]*relieves back pain[^<]*</mark>", page.content.decode())
    assert page.context["form"].errors["seo_title"] == [
        "“relieves back pain”: relief of pain, stiffness or a named condition."
    ]
    assert (current_title(), Waiver.objects.count()) == (None, 0)


def test_a_claim_waived_with_a_reason_is_saved_and_listed(admin_client: Client, shop: Any) -> None:
    answer = submit_texts(
        admin_client, shop, keep="on", why=WHY, seen=seen_digests(submit_texts(admin_client, shop))
    )
    assert answer.status_code == 302
    waiver = Waiver.objects.get()
    assert (current_title(), waiver.sentence, waiver.who, waiver.why) == (
        CLAIM,
        CLAIM,
        "merchant@cupwell.example",
        WHY,
    )
    assert "relieves back pain" in admin_client.get("/admin/channels/waiver/").content.decode()
    assert WHY in admin_client.get(f"/admin/channels/waiver/{waiver.pk}/change/").content.decode()


@pytest.mark.parametrize("why", ["", "   ", "ok"])
def test_without_a_reason_nothing_is_waived(admin_client: Client, shop: Any, why: str) -> None:
    page = submit_texts(
        admin_client, shop, keep="on", why=why, seen=seen_digests(submit_texts(admin_client, shop))
    )
    assert page.status_code == 422
    assert "Please give the reason in a sentence." in page.content.decode()
    assert (current_title(), Waiver.objects.count()) == (None, 0)


def test_a_waiver_covers_only_the_sentences_that_were_shown(admin_client: Client, shop: Any) -> None:
    shown = seen_digests(submit_texts(admin_client, shop))
    page = submit_texts(admin_client, shop, "It cures migraine.", keep="on", why=WHY, seen=shown)
    assert page.status_code == 422
    assert (current_title(), Waiver.objects.count()) == (None, 0)
    assert not page.context["waiver_form"].is_bound  # the consent was for other sentences


def test_only_staff_who_may_change_settings_can_waive(shop: Any) -> None:
    clerk = User.objects.create_user("clerk@cupwell.example", "cupwell-demo", is_staff=True)
    group = Group.objects.create(name="Clerks", permissions=["MANAGE_PRODUCTS"])
    clerk.groups.add(group)
    admin_client = Client()
    admin_client.force_login(clerk)
    page = submit_texts(admin_client, shop)
    assert "Only somebody who may change" in page.content.decode()
    assert submit_texts(admin_client, shop, keep="on", why=WHY, seen=seen_digests(page)).status_code == 422
    assert not Waiver.objects.exists()
    assert admin_client.get("/admin/channels/waiver/").status_code == 200
    assert admin_client.get("/admin/channels/waiver/add/").status_code == 403


def test_a_sentence_can_be_waived_before_it_is_saved_elsewhere(admin_client: Client, shop: Any) -> None:
    page = admin_client.post("/admin/channels/waiver/add/", {"text": CLAIM})
    assert page.status_code == 422
    admin_client.post(
        "/admin/channels/waiver/add/", {"text": CLAIM, "keep": "on", "why": WHY, "seen": seen_digests(page)}
    )
    assert Waiver.objects.get().where == "written down beforehand, text"
    assert submit_texts(admin_client, shop).status_code == 302


def test_a_sentence_without_claim_needs_no_waiver(admin_client: Client, shop: Any) -> None:
    page = admin_client.post("/admin/channels/waiver/add/", {"text": "A quiet hour."})
    assert "makes no claim that we know of" in page.content.decode()


def test_waivers_are_read_only(admin_client: Client, shop: Any) -> None:
    submit_texts(admin_client, shop, keep="on", why=WHY, seen=seen_digests(submit_texts(admin_client, shop)))
    waiver = Waiver.objects.get()
    assert admin_client.post(f"/admin/channels/waiver/{waiver.pk}/delete/", {"post": "yes"}).status_code in (
        403,
        404,
    )
    admin_client.post(f"/admin/channels/waiver/{waiver.pk}/change/", {"why": "other"})
    waiver.refresh_from_db()
    assert waiver.why == WHY


# --- refused sentences -----------------------------------------------------------------------------------
def test_a_refused_sentence_is_listed_and_released_with_a_reason(admin_client: Client, shop: Any) -> None:
    submit_texts(admin_client, shop)
    listed = admin_client.get("/admin/channels/refusedsentence/").content.decode()
    assert "relieves back pain" in listed
    assert "merchant@cupwell.example" in listed
    row = RefusedSentence.objects.get()
    page = admin_client.get(f"/admin/channels/refusedsentence/{row.pk}/change/").content.decode()
    assert "<mark>relieves back pain</mark>" in page
    url = f"/admin/channels/refusedsentence/{row.pk}/release/"
    assert admin_client.post(url, {"why": "ok"}).status_code == 422
    assert not Waiver.objects.exists()
    assert admin_client.post(url, {"why": WHY}).status_code == 302
    waiver = Waiver.objects.get()
    assert (waiver.sentence, waiver.who, waiver.why) == (CLAIM, "merchant@cupwell.example", WHY)
    assert submit_texts(admin_client, shop).status_code == 302
    assert current_title() == CLAIM
    assert "relieves back pain" not in admin_client.get("/admin/channels/refusedsentence/").content.decode()


def test_only_somebody_with_the_shop_s_settings_releases(
    client: Client, shop: Any, admin_client: Client
) -> None:
    submit_texts(admin_client, shop)
    row = RefusedSentence.objects.get()
    user = User.objects.create_user("words@example.com", "pw", is_staff=True, is_active=True)
    group = Group.objects.create(name="Words", permissions=["MANAGE_PRODUCTS"])
    group.users.add(user)
    client.force_login(user)
    page = client.get(f"/admin/channels/refusedsentence/{row.pk}/change/")
    assert page.status_code == 200
    assert "Release it" not in page.content.decode()
    assert client.post(f"/admin/channels/refusedsentence/{row.pk}/release/", {"why": WHY}).status_code == 403
    assert not Waiver.objects.exists()


def test_who_wanted_to_save_a_sentence_needs_a_colleague_to_release_it(shop: Any, merchant: User) -> None:
    """Two persons stand by it, as soon as there is a second one with the permission."""
    owner = Client()
    owner.force_login(merchant)
    User.objects.create_superuser("second@cupwell.example", "cupwell-demo", is_active=False)
    seen = seen_digests(submit_texts(owner, shop))
    User.objects.update(is_active=True)
    page = submit_texts(owner, shop, keep="on", why=WHY, seen=seen)
    assert page.status_code == 422
    assert "let a colleague" in page.content.decode()
    refused = RefusedSentence.objects.get()
    release = f"/admin/channels/refusedsentence/{refused.pk}/release/"
    assert owner.post(release, {"why": WHY}).status_code == 403
    assert owner.get("/admin/channels/waiver/add/").status_code == 403
    assert Waiver.objects.count() == 0
    colleague = Client()
    colleague.force_login(User.objects.get(email="second@cupwell.example"))
    assert colleague.post(release, {"why": WHY}).status_code == 302
    assert Waiver.objects.get().who == "second@cupwell.example"
    assert submit_texts(owner, shop).status_code == 302
