"""Two people, complete words without softening, and nothing by half."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from store.mailer.models import MailPlan
from store.safety import lots
from store.safety.models import Lot, Recall, RecallEvent
from store.safety.recalls import approval
from store.safety.recalls.approval import RecallError
from store.safety.recalls.requirements import missing, softening_words
from tests.safety.recall_orders import ANN, BEN, PagedSaleor, draft, opened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("saleor")]
State = Recall.State


def submitted() -> Recall:
    recall = draft()
    approval.submit(recall.pk, ANN)
    recall.refresh_from_db()
    return recall


def approve(recall: Recall, person: approval.Person) -> None:
    assert recall.submitted_at is not None
    approval.approve(recall.pk, person, seen=recall.submitted_at)


def state_of(recall: Recall) -> str:
    return Recall.objects.get(pk=recall.pk).state


def test_a_complete_recall_goes_from_one_person_to_another() -> None:
    recall = opened()
    assert missing(recall) == []
    steps = list(RecallEvent.objects.values_list("kind", "person"))
    assert steps == [("written", ANN.name), ("submitted", ANN.name), ("approved", BEN.name)]
    assert recall.state == State.OPEN


def test_nobody_approves_what_they_wrote_or_submitted() -> None:
    recall = submitted()
    with pytest.raises(RecallError, match="Somebody else"):
        approve(recall, ANN)
    approval.send_back(recall.pk, BEN, note="the lot is wrong")
    recall.refresh_from_db()
    approval.record_change(recall, BEN)
    approval.submit(recall.pk, ANN)
    recall.refresh_from_db()
    with pytest.raises(RecallError, match="Somebody else"):
        approve(recall, BEN)  # changed it once
    assert state_of(recall) == State.SUBMITTED


def test_another_version_than_the_one_read_is_not_approved() -> None:
    recall = submitted()
    assert recall.submitted_at is not None
    with pytest.raises(RecallError, match="changed since"):
        approval.approve(recall.pk, BEN, seen=recall.submitted_at - timedelta(seconds=1))
    assert state_of(recall) == State.SUBMITTED


def test_the_second_approval_says_that_it_is_open_already() -> None:
    recall = submitted()
    approve(recall, BEN)
    with pytest.raises(RecallError, match="another state by now: Open"):
        approve(recall, approval.Person("3", "cy@example.com"))
    assert RecallEvent.objects.filter(kind="approved").count() == 1


def test_approval_blocks_the_lots_and_only_those() -> None:
    with transaction.atomic():
        for code in ("G1", "G2"):
            lots.receive(sku="GLASS", warehouse="east", quantity=5, code=code)
        lots.receive(sku="OIL", warehouse="east", quantity=5, code="G1")
    recall = opened()
    blocked = {str(lot): lot.blocked for lot in Lot.objects.all()}
    assert blocked == {"G1 of GLASS": f"recall {recall.pk}", "G2 of GLASS": "", "G1 of OIL": ""}


def test_a_recall_without_a_lot_blocks_all_lots_of_the_sku() -> None:
    with transaction.atomic():
        for code in ("G1", "G2"):
            lots.receive(sku="GLASS", warehouse="east", quantity=5, code=code)
    opened(("GLASS", ""))
    assert not Lot.objects.filter(blocked="").exists()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"picture": b""}, "Add a picture"),
        ({"remedies": ["refund"]}, "at least two"),
        ({"remedies": []}, "at least two"),
    ],
)
def test_what_is_missing_is_named_and_nothing_goes_out(changes: dict[str, Any], problem: str) -> None:
    recall = draft(**changes)
    with pytest.raises(RecallError, match=problem):
        approval.submit(recall.pk, ANN)
    assert (state_of(recall), MailPlan.objects.count()) == (State.DRAFT, 0)


def test_one_remedy_is_enough_with_a_reason() -> None:
    assert missing(draft(remedies=["refund"], single_remedy_reason="It is no longer made.")) == []


def test_each_language_is_asked_for() -> None:
    recall = draft()
    recall.texts.filter(language="de").delete()
    recall.texts.filter(language="es").update(hazard=" ")
    assert missing(recall) == ["Write it in de.", "es: write the danger."]


def test_a_danger_is_named_where_it_belongs_and_nowhere_else() -> None:
    recall = draft()
    danger = "Prick the blister and let the blood run out."
    recall.texts.filter(language="en").update(hazard=danger)
    assert missing(recall) == []
    recall.texts.filter(language="en").update(action=danger)
    assert "can't stand here (H10-blood)" in missing(recall)[0]


SOFTENED = {
    "en": [
        "This is a voluntary recall.",
        "As a precautionary measure we ask for it back.",
        "We recall it at our discretion.",
        "In rare cases the rim can crack.",
        "In certain situations it can crack.",
        "Under very specific circumstances it breaks.",
        "No accidents have been reported so far.",
        "We are not aware of any injuries.",
        "It is unlikely that it breaks.",
        "Out of an abundance of caution, stop.",
        "There is no reason to worry.",
        "There is a small risk of cuts.",
    ],
    "de": [
        "Das ist ein freiwilliger Rückruf.",
        "Wir rufen es vorsorglich zurück.",
        "Vorsichtshalber bitten wir darum.",
        "Wir rufen es nach eigenem Ermessen zurück.",
        "In seltenen Fällen kann der Rand brechen.",
        "In bestimmten Situationen kann er brechen.",
        "In spezifischen Situationen bricht er.",
        "Bisher sind keine Unfälle gemeldet worden.",
        "Es handelt sich um Einzelfälle.",
        "Es besteht kein Grund zur Sorge.",
        "Es gibt ein geringes Risiko von Schnitten.",
    ],
    "es": [
        "Es una retirada voluntaria.",
        "Lo pedimos como medida de precaución.",
        "Es una medida preventiva.",
        "Se retira con carácter cautelar.",
        "En casos raros el borde puede romperse.",
        "En raras ocasiones se rompe.",
        "En determinadas situaciones se rompe.",
        "No se ha notificado ningún accidente.",
        "No se han registrado lesiones.",
        "Es poco probable que se rompa.",
        "No hay motivo para preocuparse.",
        "Existe un riesgo mínimo de cortes.",
    ],
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in SOFTENED for text in SOFTENED[lang]])
def test_words_that_soften_are_found(lang: str, text: str) -> None:
    assert softening_words(text, lang)


STRAIGHT = {
    "en": [
        "The rim can crack in use. Glass can cut deeply.",
        "Use caution when you pick up broken glass.",
        "In all cases, stop.",
    ],
    "de": [
        "Der Rand kann brechen. Scherben können tief schneiden.",
        "Vorsicht bei Scherben.",
        "Legen Sie es in jedem Fall weg.",
    ],
    "es": [
        "El borde puede romperse y cortar.",
        "En todos los casos, deje de usarlo.",
        "Cuidado con el vidrio roto.",
    ],
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in STRAIGHT for text in STRAIGHT[lang]])
def test_straight_words_are_left_alone(lang: str, text: str) -> None:
    assert softening_words(text, lang) == []


def test_an_ended_recall_needs_a_reason_and_stays_readable(saleor: PagedSaleor) -> None:
    recall = opened()
    with pytest.raises(RecallError, match="why"):
        approval.close(recall.pk, ANN, note=" ")
    approval.close(recall.pk, ANN, note="all were reached")
    assert state_of(recall) == State.CLOSED
