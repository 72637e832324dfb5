"""Colleagues: invited by a link, with roles, deactivated at once; the first owner."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from store.engine.accounts.models import Group, StaffMember, User
from store.engine.accounts.roles import ROLES, ensure_roles

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long way home"


@pytest.fixture
def boss() -> Client:
    ensure_roles()
    browser = Client()
    browser.force_login(User.objects.create_superuser("boss@cupwell.example", PASSWORD))
    return browser


def link_in(page: str) -> str:
    [link] = re.findall(r"https?://[^/]+(/admin/welcome/[^/]+/[^/]+/)", page)
    return link


def invite(browser: Client, email: str = "pia@cupwell.example", *roles: str):
    groups = [Group.objects.get(name=role).pk for role in roles]
    return browser.post("/admin/accounts/staffmember/invite/", {"email": email, "groups": groups})


def set_password(link: str, password: str = PASSWORD):
    return Client().post(link, {"password": password, "again": password})


def log_in(email: str, password: str = PASSWORD) -> Client | None:
    browser = Client()
    answer = browser.post("/admin/login/?next=/admin/", {"username": email, "password": password})
    return browser if answer.status_code == 302 else None


def test_a_colleague_sets_a_password_by_the_link_and_has_the_role(boss):
    page = invite(boss, "Pia@cupwell.example", "Warehouse")
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    link = link_in(page.content.decode())
    assert Client().get(link).status_code == 200
    assert log_in("pia@cupwell.example") is None
    assert set_password(link)["Location"] == "/admin/login/"
    pia = log_in("pia@cupwell.example")
    assert User.objects.get(email="pia@cupwell.example").permission_codes() == set(ROLES["Warehouse"])
    assert pia.get("/admin/orders/order/").status_code == 200
    assert pia.get("/admin/accounts/staffmember/").status_code == 403


def test_the_link_works_once(boss):
    link = link_in(invite(boss).content.decode())
    set_password(link)
    assert set_password(link, "another long way home").status_code == 404
    assert Client().get(link).status_code == 404
    assert log_in("pia@cupwell.example", "another long way home") is None


@pytest.mark.parametrize(
    "link", ["/admin/welcome/x/y/", "/admin/welcome/MQ/aaa-bbb/", "/admin/welcome/wrI/a-b/"]
)
def test_a_made_up_link_is_told_as_dead(boss, link):
    answer = Client().get(link)
    assert (answer.status_code, "new invitation" in answer.content.decode()) == (404, True)


def test_a_weak_password_or_a_slip_is_said(boss):
    link = link_in(invite(boss).content.decode())
    assert set_password(link, "12345678").status_code == 422
    answer = Client().post(link, {"password": PASSWORD, "again": "something else"})
    assert (answer.status_code, "not the same" in answer.content.decode()) == (422, True)
    assert set_password(link).status_code == 302


def test_a_new_link_ends_the_old_password_session_and_link(boss):
    first = link_in(invite(boss, "pia@cupwell.example", "Support").content.decode())
    set_password(first)
    session = log_in("pia@cupwell.example")
    pia = StaffMember.objects.get(email="pia@cupwell.example")
    second = link_in(boss.post(f"/admin/accounts/staffmember/{pia.pk}/link/").content.decode())
    assert session.get("/admin/").status_code == 302
    assert log_in("pia@cupwell.example") is None
    assert Client().get(first).status_code == 404
    assert set_password(second).status_code == 302


def test_a_deactivated_colleague_is_out_at_once(boss):
    set_password(link_in(invite(boss).content.decode()))
    session = log_in("pia@cupwell.example")
    pia = StaffMember.objects.get(email="pia@cupwell.example")
    boss.post(f"/admin/accounts/staffmember/{pia.pk}/activity/")
    assert session.get("/admin/").status_code == 302
    assert log_in("pia@cupwell.example") is None


def test_nobody_gives_or_takes_more_than_they_have(boss):
    manager = User.objects.create_user("manager@cupwell.example", PASSWORD, is_staff=True)
    Group.objects.create(name="People", permissions=["MANAGE_STAFF", "MANAGE_ORDERS"]).users.add(manager)
    mighty = User.objects.create_user("mighty@cupwell.example", PASSWORD, is_staff=True)
    Group.objects.get(name="Catalogue").users.add(mighty)
    browser = Client()
    browser.force_login(manager)

    assert invite(browser, "pia@cupwell.example", "Catalogue").status_code == 422
    row = f"/admin/accounts/staffmember/{mighty.pk}/"
    owner = User.objects.get(email="boss@cupwell.example")
    assert browser.post(f"{row}link/").status_code == 422
    assert browser.post(f"{row}activity/").status_code == 422
    assert browser.post(f"{row}roles-form/", {"groups": []}).status_code == 422
    assert browser.post(f"/admin/accounts/staffmember/{owner.pk}/link/").status_code == 422
    mighty.refresh_from_db()
    assert (mighty.is_active, mighty.check_password(PASSWORD), mighty.groups.count()) == (True, True, 1)
    assert not User.objects.filter(email="pia@cupwell.example").exists()


def test_support_does_not_see_colleagues(boss):
    support = User.objects.create_user("support@cupwell.example", PASSWORD, is_staff=True)
    Group.objects.get(name="Support").users.add(support)
    browser = Client()
    browser.force_login(support)
    for path in ("", "invite/", f"{support.pk}/change/", f"{support.pk}/roles-form/"):
        assert browser.get(f"/admin/accounts/staffmember/{path}").status_code == 403
    assert "Colleagues" not in browser.get("/admin/").content.decode()


def prepare() -> str:
    said = StringIO()
    call_command("prepare", stdout=said)
    return said.getvalue()


def test_the_first_owner_of_a_public_shop_gets_a_link_once(settings):
    settings.PRODUCTION, settings.OWNER_EMAIL = True, "owner@shop.example"
    old, link = link_in(prepare()), link_in(prepare())
    assert set_password(link).status_code == 302
    assert set_password(old).status_code == 404
    assert log_in("owner@shop.example").get("/admin/accounts/staffmember/").status_code == 200
    assert "/admin/welcome/" not in prepare()


def test_a_public_shop_without_an_owner_says_what_to_set(settings):
    settings.PRODUCTION, settings.OWNER_EMAIL = True, ""
    assert "Set OWNER_EMAIL" in prepare()


def test_roles_are_made_once_and_stay_as_the_merchant_left_them():
    assert ensure_roles() == list(ROLES)
    Group.objects.filter(name="Support").delete()
    assert (ensure_roles(), Group.objects.count()) == ([], len(ROLES) - 1)
