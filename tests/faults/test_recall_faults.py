"""A recall reaches everybody although its process is killed again and again; two people can't both approve it.

A recall of a lot, outside the gate, on both databases:
`RECALL_ORDERS=20000 RECALL_KILLS=50 RECALL_SECONDS=3600 pytest -s tests/faults/test_recall_faults.py -k killed`.
"""

import os

import pytest

from tests.faults.fixture_data import MailStack

ORDERS = int(os.environ.get("RECALL_ORDERS", "60"))
KILLS = int(os.environ.get("RECALL_KILLS", "20"))
SECONDS = int(os.environ.get("RECALL_SECONDS", "850"))
pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.timeout(SECONDS + 50)]


def test_killed_at_random_every_buyer_is_told_and_none_is_lost(stack: MailStack) -> None:
    stack.run("recall_with_kills", ORDERS, KILLS, 7, seconds=SECONDS)
    assert set(stack.server.headers("To")) == {
        f"buyer{number}@example.com" for number in range(1, ORDERS + 1)
    }
    assert stack.count("safety_recallrecipient") == stack.count("mail_plan") == ORDERS
    copies = stack.server.copies()
    assert len(copies) == ORDERS  # a further copy has the Message-ID of the first
    further, unknown = sum(copies.values()) - ORDERS, stack.count("mail_attempt", "outcome = 'unknown'")
    # Each kill leaves one mail of unknown outcome at most, and only such a mail goes again.
    assert further <= unknown <= KILLS
    print(f"{ORDERS} buyers, {unknown} unknown, {further} further copies, states {stack.states()}")


@pytest.mark.postgres
def test_without_the_lock_several_approve(postgres_stack: MailStack) -> None:
    """Shows that the next test can fail. SQLite, which lets one writer in at a time, would hide it."""
    postgres_stack.run("recall_submit")
    postgres_stack.run("recall_approve_at_once", 4, WITHOUT_LOCK="1")
    assert postgres_stack.count("safety_recallevent", "kind = 'approved'") > 1


def test_of_many_who_approve_at_once_one_does(stack: MailStack) -> None:
    stack.run("recall_submit")
    stack.run("recall_approve_at_once", 6)
    assert stack.count("safety_recallevent", "kind = 'approved'") == 1
    assert stack.count("safety_recall", "state = 'open'") == 1
