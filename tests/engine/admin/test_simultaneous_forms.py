"""Two colleagues have the same form of the desk open: nobody's words are lost, and the later one is told who was first."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.utils import timezone

from store.engine.accounts.models import Group, User
from store.engine.catalog import media
from store.engine.catalog.models import Product, ProductMedia
from store.engine.channels import translations
from store.engine.shipping.models import ShippingZone
from store.safety.models import Lot
from store.seen_fields import SeenFields
from tests.engine.admin.conftest import Shop
from tests.sent_forms import sent_form

pytestmark = pytest.mark.django_db(transaction=True)


def shown(client: Client, path: str, field: str) -> dict[str, list[str]]:
    """What a browser would send of the page's form that has `field`, if nothing were typed."""
    page = client.get(path)
    assert page.status_code == 200
    return typed(page, field)


def typed(page: Any, field: str) -> dict[str, list[str]]:
    return sent_form(page.content.decode(), field)


def test_a_translation_keeps_what_another_translated_and_asks_about_what_both_did(
    admin_client: Client, shop: Shop
) -> None:
    product = Product.objects.get()
    path = f"/admin/catalog/product/{product.pk}/translate/?language=de"
    mine = shown(admin_client, path, "seo_title") | {"name": "Meins"}

    def now() -> dict[str, Any]:
        return dict(
            translations.find(kind="Product", pks=[product.pk], language="de")[str(product.pk)].values
        )

    translations.translate(kind="Product", pk=product.pk, language="de", values={"seo_title": "Ihrer"})
    assert admin_client.post(path, mine).status_code == 302
    assert (now()["name"], now()["seo_title"]) == ("Meins", "Ihrer")

    mine = shown(admin_client, path, "seo_title") | {"name": "Meins zwei"}
    translations.translate(kind="Product", pk=product.pk, language="de", values={"name": "Ihres"})
    refused = admin_client.post(path, mine)
    assert refused.status_code == 422
    assert "changed this meanwhile to “Ihres”" in refused.content.decode()
    assert (now()["name"], refused.context["form"]["name"].value()) == ("Ihres", "Meins zwei")

    assert admin_client.post(path, typed(refused, "seo_title") | {"name": "Meins zwei"}).status_code == 302
    assert now()["name"] == "Meins zwei"


def test_words_of_a_picture_that_both_changed_are_asked_about(admin_client: Client, shop: Shop) -> None:
    product = Product.objects.get()
    row = ProductMedia.objects.create(product=product, image="products/a.png", alt="A cup")
    path = f"/admin/catalog/product/{product.pk}"
    mine = shown(admin_client, f"{path}/pictures/", f"{row.pk}-alt")
    mine |= {name: "Words" for name in mine if name.startswith(f"{row.pk}-alt_")} | {f"{row.pk}-alt": "Mine"}
    media.update(media=row, alt="Theirs")
    refused = admin_client.post(f"{path}/picture/", mine | {"act": f"words-{row.pk}"})
    assert (refused.status_code, ProductMedia.objects.get().alt) == (422, "Theirs")
    assert "“Theirs”" in refused.content.decode()


def test_a_lot_keeps_the_block_that_another_set_and_asks_about_the_same_note(
    admin_client: Client, shop: Shop
) -> None:
    lot = Lot.objects.create(
        code="L1", sku="CUP-A", supplier="Maker", received_on=timezone.localdate(), note=""
    )
    path = f"/admin/safety/lot/{lot.pk}/change/"
    mine = shown(admin_client, path, "supplier") | {"supplier": "Other maker"}
    Lot.objects.update(blocked="cracks")
    assert admin_client.post(path, mine).status_code == 302
    lot.refresh_from_db()
    assert (lot.supplier, lot.blocked) == ("Other maker", "cracks")

    mine = shown(admin_client, path, "supplier") | {"supplier": "Third"}
    Lot.objects.update(supplier="Fourth")
    refused = admin_client.post(path, mine)
    assert "changed this meanwhile to “Fourth”" in refused.content.decode()
    assert Lot.objects.get().supplier == "Fourth"


def test_a_role_that_another_gave_meanwhile_stays(admin_client: Client, shop: Shop) -> None:
    user = User.objects.create_user("clerk@example.com", "a long way home", is_staff=True)
    one, two = (Group.objects.create(name=name, permissions=[]) for name in ("One", "Two"))
    path = f"/admin/accounts/staffmember/{user.pk}/roles-form/"
    mine = shown(admin_client, path, "groups")
    user.groups.add(two)
    assert admin_client.post(path, mine).status_code == 302
    assert list(user.groups.all()) == [two]

    refused = admin_client.post(path, mine | {"groups": [str(one.pk)]})
    assert (refused.status_code, list(user.groups.all())) == (422, [two])
    again = typed(refused, "groups")
    assert again["groups"] == [str(one.pk)]
    assert admin_client.post(path, again).status_code == 302
    assert list(user.groups.all()) == [one]


def test_who_changed_a_lot_or_gave_a_role_first_is_named(admin_client: Client, shop: Shop) -> None:
    ben = Client()
    ben.force_login(User.objects.create_superuser("ben@cupwell.example", "a long way home"))
    lot = Lot.objects.create(code="L1", sku="CUP-A", supplier="Maker", received_on=timezone.localdate())
    user = User.objects.create_user("clerk@example.com", "a long way home", is_staff=True)
    one, two = (Group.objects.create(name=name, permissions=[]) for name in ("One", "Two"))
    for path, field, theirs, ours in (
        (f"/admin/safety/lot/{lot.pk}/change/", "supplier", "Theirs", "Ours"),
        (f"/admin/accounts/staffmember/{user.pk}/roles-form/", "groups", [str(two.pk)], [str(one.pk)]),
    ):
        mine = shown(admin_client, path, field)
        assert ben.post(path, shown(ben, path, field) | {field: theirs}).status_code == 302
        refused = admin_client.post(path, mine | {field: ours}).content.decode()
        today = f"{timezone.localtime():%-d %b %Y}"
        assert f"ben@cupwell.example ({today}" in refused
        assert "Somebody else" not in refused


def test_who_was_first_is_named(admin_client: Client, shop: Shop) -> None:
    colleague = Client()
    ben = User.objects.create_user("ben@cupwell.example", "a long way home", is_staff=True, is_superuser=True)
    colleague.force_login(ben)
    zone = ShippingZone.objects.create(name="North", countries=["US"])
    path = f"/admin/shipping/shippingzone/{zone.pk}/change/"
    mine, theirs = shown(admin_client, path, "name"), shown(colleague, path, "name")
    assert colleague.post(path, theirs | {"name": "Theirs"}).status_code == 302
    refused = admin_client.post(path, mine | {"name": "Mine"})
    text = refused.content.decode()
    assert (refused.status_code, ShippingZone.objects.get().name) == (422, "Theirs")
    assert "now, by ben@cupwell.example" in text
    assert 'value="Mine"' in text


def test_every_form_that_saves_a_row_whole_says_what_it_showed(rf: RequestFactory) -> None:
    """Forms of Django's own pages; the others call operations that change what was typed."""
    request = rf.get("/")
    request.user = User(email="owner@example.com", is_staff=True, is_superuser=True)
    pages = admin.site._registry.values()
    whole = [page for page in pages if page.has_change_permission(request)]
    assert whole, "no page of this kind is found"
    assert [str(page) for page in whole if not issubclass(page.form, SeenFields)] == []
