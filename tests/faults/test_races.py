"""Concurrent events and workers never send the same mail twice."""

import pytest

from tests.faults.fixture_data import MailStack

pytestmark = [pytest.mark.fault, pytest.mark.slow]


def test_without_the_guard_mails_are_sent_twice(sqlite_stack: MailStack) -> None:
    """Shows that the next test can fail."""
    sqlite_stack.run("plan", 15)
    sqlite_stack.run("in_parallel", 4, "drain_unguarded", WITHOUT_GUARD="1", TEST_LEASE="60")
    assert max(sqlite_stack.server.copies().values()) > 1


def test_eight_claimers_send_each_mail_once(stack: MailStack) -> None:
    stack.run("plan", 30)
    stack.run("in_parallel", 8, "drain", TEST_LEASE="60")
    assert stack.states() == {"sent": 60}
    copies = stack.server.copies()
    assert (len(copies), set(copies.values())) == (60, {1})


def test_a_storm_of_events_in_any_order_plans_each_mail_once(stack: MailStack) -> None:
    stack.run("in_parallel", 4, "receive_shuffled", 10, "{n}")
    assert (stack.events(), len(stack.plans())) == (20, 20)
    stack.run("in_parallel", 2, "drain", TEST_LEASE="60")
    assert (stack.states(), set(stack.server.copies().values())) == ({"sent": 20}, {1})
