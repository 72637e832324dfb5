"""What a recall asks of the database for each buyer is found through an index: else ten times the buyers take a hundred
times as long, and nobody else can write meanwhile.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from store.mailer.models import MailPlan
from store.safety.models import Recall
from store.safety.recalls import reach, reminders
from tests.safety.recall_orders import draft

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="small tables of PostgreSQL are read without an index"
    ),
]
OF_EACH_BUYER = re.compile(r"CORRELATED .*", re.DOTALL)


@pytest.fixture
def recall() -> Recall:
    found = draft()
    Recall.objects.filter(pk=found.pk).update(state=Recall.State.OPEN, approved_at=timezone.now())
    found.refresh_from_db()
    return found


def test_a_mail_is_found_by_its_key_alone_through_an_index() -> None:
    assert "USING INDEX" in MailPlan.objects.filter(plan_key="recall:1:a").explain()


def test_no_buyer_makes_the_database_look_through_all_mails(recall: Recall) -> None:
    of_each = OF_EACH_BUYER.search(reach.with_mail(recall.recipients.all()).explain())
    assert of_each
    assert "SCAN" not in of_each[0]
    assert not OF_EACH_BUYER.search(reminders._silent(recall, 1).explain())


def test_while_no_reminder_is_due_nothing_is_locked(recall: Recall) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert reminders.plan_reminders(recall) == 0
    assert [one["sql"] for one in asked if "SAVEPOINT" in one["sql"]] == []
