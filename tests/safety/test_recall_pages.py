"""The pages: for everybody, for the buyer with a signed link, and for two members of staff at the desk."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from PIL import Image

from store.mailer import sweep
from store.safety.models import Recall, RecallRecipient
from store.safety.recalls import links
from store.safety.recalls.continuing import continue_recalls
from tests.mailer.conftest import Mailbox
from tests.safety.recall_orders import WORDS, PagedSaleor, draft, opened

pytestmark = pytest.mark.django_db(transaction=True)
OFFICER = ["MANAGE_ORDERS", "MANAGE_PAGES", "MANAGE_PRODUCTS"]


def staff(name: str, permissions: list[str]) -> Client:
    from store.engine.accounts.models import Group

    user = get_user_model()(email=f"{name}@example.com", is_staff=True)
    user.set_unusable_password()
    user.save()
    user.groups.add(Group.objects.create(name=name, permissions=permissions))
    client = Client()
    client.force_login(user)
    return client


def answer_path(recipient: RecallRecipient, settings: Any) -> str:
    return links.answer_url(recipient).removeprefix(settings.PUBLIC_URL)


def form_of(recall: Recall | None = None) -> dict[str, Any]:
    """The form of a recall as the page sends it."""
    data: dict[str, Any] = {
        "name": "Glass, lot G1",
        "remedies": ["replacement", "refund"],
        "contact_email": "safety@cupwell.example",
        "contact_phone": "",
        "sold_from": "",
        "sold_until": "",
        "single_remedy_reason": "",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-sku": "GLASS",
        "items-0-lot_code": "G1",
        "texts-TOTAL_FORMS": "3",
        "texts-INITIAL_FORMS": "0",
        "events-TOTAL_FORMS": "0",
        "events-INITIAL_FORMS": "0",
    }
    names = ("product", "identification", "hazard", "action", "picture_text")
    for number, (language, words) in enumerate(WORDS.items()):
        data[f"texts-{number}-language"] = language
        data |= {f"texts-{number}-{name}": word for name, word in zip(names, words, strict=True)}
    picture = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "cup.jpg"
    return data | {"upload": picture}


def test_two_officers_write_and_approve_a_recall_at_the_desk(saleor: PagedSaleor, mailbox: Mailbox) -> None:
    saleor.sold(1, "ada@example.com", lots={"G1": 1})
    ann, ben = staff("ann", OFFICER), staff("ben", OFFICER)
    page = ann.get(reverse("admin:safety_recall_add"))
    assert page.status_code == 200
    saved = ann.post(reverse("admin:safety_recall_add"), form_of())
    assert saved.status_code == 302, saved.context["errors"]
    recall = Recall.objects.get()
    decide = reverse("admin:safety_recall_decide", args=[recall.pk])
    assert "Submit" in ann.get(decide).text
    ann.post(decide, {"step": "submit"})
    assert "Approve" not in ann.get(decide).text.replace("approve it", "")
    page = ben.get(decide)
    for words in WORDS.values():
        assert words[2] in page.text
    ben.post(decide, {"step": "approve", "seen": page.context["seen"]})
    recall.refresh_from_db()
    assert recall.state == Recall.State.OPEN
    assert ann.get(reverse("admin:safety_recall_change", args=[recall.pk])).status_code == 200
    continue_recalls()
    sweep.sweep()
    reach = ben.get(reverse("admin:safety_recall_reach_page", args=[recall.pk]))
    assert ("Notified", 1, 100) in reach.context["rows"]
    table = ben.get(reverse("admin:safety_recall_reach_page", args=[recall.pk]), {"format": "csv"})
    assert "ada@example.com" in table.content.decode("utf-8-sig")


def test_who_wrote_it_is_refused_at_the_desk_too(saleor: PagedSaleor) -> None:
    ann = staff("ann", OFFICER)
    ann.post(reverse("admin:safety_recall_add"), form_of())
    recall = Recall.objects.get()
    decide = reverse("admin:safety_recall_decide", args=[recall.pk])
    ann.post(decide, {"step": "submit"})
    answer = ann.post(decide, {"step": "approve", "seen": ann.get(decide).context["seen"]}, follow=True)
    assert "Somebody else has to approve it" in answer.text
    recall.refresh_from_db()
    assert recall.state == Recall.State.SUBMITTED


def test_other_roles_read_and_can_not_decide(saleor: PagedSaleor) -> None:
    recall = draft()
    warehouse = staff("warehouse", ["MANAGE_ORDERS", "MANAGE_PRODUCTS"])
    catalogue = staff("catalogue", ["MANAGE_PRODUCTS", "MANAGE_PAGES"])
    decide = reverse("admin:safety_recall_decide", args=[recall.pk])
    assert warehouse.get(decide).status_code == 200
    assert warehouse.post(decide, {"step": "submit"}).status_code == 404
    assert warehouse.get(reverse("admin:safety_recall_add")).status_code == 403
    assert catalogue.get(decide).status_code == 404
    recall.refresh_from_db()
    assert recall.state == Recall.State.DRAFT


def test_the_buyers_at_the_desk(saleor: PagedSaleor, mailbox: Mailbox) -> None:
    saleor.sold(1, "ada@example.com", lots={"G1": 1})
    saleor.sold(2, "", lots={"G1": 1})
    recall = opened()
    continue_recalls()
    sweep.sweep()
    support = staff("support", ["MANAGE_ORDERS"])
    listed = support.get(reverse("admin:safety_recallrecipient_changelist"), {"q": "G1"})
    assert listed.status_code == 200
    assert "ada@example.com" in listed.text
    told = RecallRecipient.objects.get(email="ada@example.com")
    assert support.get(reverse("admin:safety_recallrecipient_change", args=[told.pk])).status_code == 200
    data = {"action": "mark_remedied", "_selected_action": [told.pk]}
    support.post(reverse("admin:safety_recallrecipient_changelist"), data)
    told.refresh_from_db()
    assert told.remedied_by == "support@example.com"
    letters = support.get(reverse("admin:safety_recall_letters", args=[recall.pk, "en"]))
    assert letters["Content-Type"] == "application/pdf"
    nobody = staff("nobody", ["MANAGE_PRODUCTS"])
    assert nobody.get(reverse("admin:safety_recallrecipient_letter", args=[told.pk])).status_code == 404
    task = support.get("/admin/mailer/contacttask/")
    assert task.status_code == 200


def test_the_desk_counts_what_needs_a_person(saleor: PagedSaleor) -> None:
    opened()
    assert "Open recalls" in staff("ann", OFFICER).get("/admin/").text


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/de", "de"), ("/es", "es")])
def test_everybody_reads_the_notice_in_their_language(
    client: Client, saleor: PagedSaleor, prefix: str, language: str
) -> None:
    recall = opened()
    hidden = draft()
    page = client.get(f"{prefix}/recalls/{recall.pk}/")
    for words in WORDS[language]:
        assert words in page.text
    assert "G1" in page.text
    assert WORDS[language][0] in client.get(f"{prefix}/recalls/").text
    assert client.get(f"/recalls/{recall.pk}/picture.png")["Content-Type"] == "image/png"
    for path in ("", "picture.png"):
        assert client.get(f"{prefix}/recalls/{hidden.pk}/{path}").status_code == 404


def test_is_mine_affected_says_yes_and_no(client: Client, saleor: PagedSaleor) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1})
    opened()
    continue_recalls()
    for query in ({"lot": "g1"}, {"order": "1"}):
        page = client.get("/recalls/", query)
        assert "this is recalled" in page.text
        assert "a@example.com" not in page.text
    assert "No recall concerns" in client.get("/recalls/", {"lot": "zz"}).text


def test_a_buyer_answers_by_the_link_of_the_mail(client: Client, saleor: PagedSaleor, settings: Any) -> None:
    saleor.sold(1, "a@example.com", lots={"G1": 1}, language="DE")
    opened()
    continue_recalls()
    recipient = RecallRecipient.objects.get()
    path = answer_path(recipient, settings)
    assert path.startswith("/de/")
    page = client.get(path)
    assert page["Cache-Control"] == "no-store"
    assert "Haben Sie es noch?" in page.text
    recipient.refresh_from_db()
    assert recipient.answered_at is None  # opening it says nothing
    assert client.post(path, {"whereabouts": "here"}).status_code == 422
    assert client.post(path, {"whereabouts": "here", "remedy": "refund"}).status_code == 303
    recipient.refresh_from_db()
    assert (recipient.whereabouts, recipient.remedy) == ("here", "refund")
    assert "Wir haben Ihre Antwort" in client.get(path).text
    assert client.get(path[:-3] + "/").status_code == 404


def test_health_counts_recalls_that_need_a_person(client: Client, saleor: PagedSaleor) -> None:
    recall = draft()
    from store.safety.recalls import approval
    from tests.safety.recall_orders import ANN

    assert client.get("/healthz").json()["recalls"]["concerns"] == {}
    approval.submit(recall.pk, ANN)
    assert client.get("/healthz").json()["recalls"]["concerns"] == {"recalls_to_approve": 1}
