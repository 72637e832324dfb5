"""A recall reaches everybody although its process is killed again and again; two people can't both approve it.

`tests.faults.recall_run` does the first with tens of thousands of buyers.
"""

import pytest

from tests.faults.fixture_data import MailStack
from tests.faults.recall_run import reach

ORDERS, KILLS, SEED = 60, 20, 7
pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.timeout(900)]


def test_killed_at_random_every_buyer_is_told_and_none_is_lost(stack: MailStack) -> None:
    stack.run("recall_with_kills", ORDERS, KILLS, SEED, seconds=850)
    found = reach(stack, ORDERS)
    assert stack.count("safety_recallrecipient") == stack.count("mail_plan") == ORDERS
    assert found.is_right(KILLS), found


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
