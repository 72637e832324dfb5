"""kill -9 of a real Celery worker at each step between claim and commit, then a restart."""

import shutil
import signal
import time

import pytest

from tests.faults.fixture_data import MailStack

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.timeout(400)]
LONG_LEASE = "120"  # seconds, which a worker that lives never exceeds, however busy the machine
BACKOFF_SECONDS = 1.5
CONFIRMATION, SAFETY = "order-confirmation", "safety-first"
IN_PROGRESS = {"due", "claimed", "sending", "retry_wait"}


def kill_and_restart(stack: MailStack, *, at: str, kind: str) -> dict[str, tuple[str, int]]:
    """One order; a worker dies `at` a step of that mail. Returns kind -> (state, copies) when nothing is in progress."""
    first = stack.start("worker", 1, KILL_AT=at, KILL_KIND=kind)
    assert first.wait(timeout=150) == -signal.SIGKILL
    stack.start("worker")
    stack.wait_for(lambda: not IN_PROGRESS & set(stack.states()))
    time.sleep(1.5)  # three more sweeps, in which a duplicate would be sent
    copies = stack.server.copies()
    return {row.kind: (row.state, copies[row.message_id]) for row in stack.plans()}


@pytest.mark.parametrize(("at", "kind"), [("claim", SAFETY), ("attempt", CONFIRMATION), ("data", SAFETY)])
def test_killed_before_the_last_dot_every_mail_is_sent_once(
    sqlite_stack: MailStack, at: str, kind: str
) -> None:
    after = kill_and_restart(sqlite_stack, at=at, kind=kind)
    assert after == {CONFIRMATION: ("sent", 1), SAFETY: ("sent", 1)}


@pytest.mark.parametrize("at", ["dot", "accepted"])
def test_killed_after_the_last_dot_a_service_mail_is_shown_as_unknown_and_not_doubled(
    sqlite_stack: MailStack, at: str
) -> None:
    after = kill_and_restart(sqlite_stack, at=at, kind=CONFIRMATION)
    assert after == {CONFIRMATION: ("ambiguous", 1), SAFETY: ("sent", 1)}
    assert sqlite_stack.outcomes(CONFIRMATION) == ["unknown"]


@pytest.mark.parametrize("at", ["dot", "accepted"])
def test_killed_after_the_last_dot_a_safety_mail_goes_again_with_the_same_message_id(
    sqlite_stack: MailStack, at: str
) -> None:
    after = kill_and_restart(sqlite_stack, at=at, kind=SAFETY)
    assert after == {CONFIRMATION: ("sent", 1), SAFETY: ("sent", 2)}
    assert sqlite_stack.outcomes(SAFETY) == ["unknown", "accepted"]


@pytest.mark.postgres
@pytest.mark.parametrize(("at", "state"), [("attempt", "sent"), ("accepted", "ambiguous")])
def test_the_same_on_postgresql(postgres_stack: MailStack, at: str, state: str) -> None:
    after = kill_and_restart(postgres_stack, at=at, kind=CONFIRMATION)
    assert after == {CONFIRMATION: (state, 1), SAFETY: ("sent", 1)}


def test_a_mail_that_kills_whoever_composes_it_costs_no_other_mail_of_its_batch_a_failure(
    stack: MailStack,
) -> None:
    """The first worker holds twelve mails; those after it each of them alone, in which the same one kills two more."""
    stack.run("plan", 6)
    for _ in range(3):
        target = {"KILL_AT": "claim", "KILL_KIND": CONFIRMATION, "KILL_ORDER": "3"}
        killed = stack.start("sweep_alone", TEST_LEASE=LONG_LEASE, **target)
        assert killed.wait(timeout=150) == -signal.SIGKILL
    assert stack.states() == {"claimed": 1, "sent": 11}
    stack.run("sweep_alone", TEST_LEASE=LONG_LEASE)
    assert stack.count("mail_plan", "failures = 0") == 11
    assert (
        stack.count("mail_plan", "failures = 2 AND kind = 'order-confirmation' AND order_number = '3'") == 1
    )
    time.sleep(BACKOFF_SECONDS)
    stack.run("sweep_alone", TEST_LEASE=LONG_LEASE)
    assert stack.states() == {"sent": 12}
    assert set(stack.server.copies().values()) == {1}


def test_the_queue_folder_wiped_in_the_middle_loses_nothing(sqlite_stack: MailStack) -> None:
    sqlite_stack.start("worker", 5)
    sqlite_stack.wait_for(lambda: len(sqlite_stack.server.accepted) > 1)
    messages = sqlite_stack.data / "queue" / "messages"
    shutil.rmtree(messages.rename(sqlite_stack.data / "wiped"))  # at once, while the worker writes there
    messages.mkdir()
    sqlite_stack.wait_for(lambda: sqlite_stack.states() == {"sent": 10})
    assert set(sqlite_stack.server.copies().values()) == {1}
