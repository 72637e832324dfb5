"""kill -9 of a real Celery worker at each step between the claim and the commit. Then a new one starts."""

import shutil
import signal
import time

import pytest

from tests.faults.fixture_data import World

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.timeout(400)]
CONFIRMATION, SAFETY = "order-confirmation", "safety-first"
BUSY = {"due", "claimed", "sending", "retry_wait"}


def kill_and_restart(world: World, *, at: str, kind: str) -> dict[str, tuple[str, int]]:
    """One order; a worker dies `at` a step of that mail. Gives kind -> (state, copies) when all is quiet."""
    first = world.start("worker", 1, KILL_AT=at, KILL_KIND=kind)
    assert first.wait(timeout=150) == -signal.SIGKILL
    world.start("worker")
    world.wait_for(lambda: not BUSY & set(world.states()))
    time.sleep(1.5)  # three more sweeps: whoever sends twice has the chance to
    copies = world.server.copies()
    return {row.kind: (row.state, copies[row.message_id]) for row in world.plans()}


@pytest.mark.parametrize(("at", "kind"), [("claim", SAFETY), ("attempt", CONFIRMATION), ("data", SAFETY)])
def test_killed_before_the_last_dot_every_mail_is_sent_once(sqlite_world: World, at: str, kind: str) -> None:
    after = kill_and_restart(sqlite_world, at=at, kind=kind)
    assert after == {CONFIRMATION: ("sent", 1), SAFETY: ("sent", 1)}


@pytest.mark.parametrize("at", ["dot", "accepted"])
def test_killed_after_the_last_dot_a_service_mail_is_shown_as_unknown_and_not_doubled(
    sqlite_world: World, at: str
) -> None:
    after = kill_and_restart(sqlite_world, at=at, kind=CONFIRMATION)
    assert after == {CONFIRMATION: ("ambiguous", 1), SAFETY: ("sent", 1)}
    assert sqlite_world.outcomes(CONFIRMATION) == ["unknown"]


@pytest.mark.parametrize("at", ["dot", "accepted"])
def test_killed_after_the_last_dot_a_safety_mail_goes_again_with_the_same_message_id(
    sqlite_world: World, at: str
) -> None:
    after = kill_and_restart(sqlite_world, at=at, kind=SAFETY)
    assert after == {CONFIRMATION: ("sent", 1), SAFETY: ("sent", 2)}
    assert sqlite_world.outcomes(SAFETY) == ["unknown", "accepted"]


@pytest.mark.postgres
@pytest.mark.parametrize(("at", "state"), [("attempt", "sent"), ("accepted", "ambiguous")])
def test_the_same_on_postgresql(postgres_world: World, at: str, state: str) -> None:
    after = kill_and_restart(postgres_world, at=at, kind=CONFIRMATION)
    assert after == {CONFIRMATION: (state, 1), SAFETY: ("sent", 1)}


def test_the_queue_folder_wiped_in_the_middle_loses_nothing(sqlite_world: World) -> None:
    sqlite_world.start("worker", 5)
    sqlite_world.wait_for(lambda: len(sqlite_world.server.accepted) > 1)
    shutil.rmtree(sqlite_world.data / "queue" / "messages")
    (sqlite_world.data / "queue" / "messages").mkdir()
    sqlite_world.wait_for(lambda: sqlite_world.states() == {"sent": 10})
    assert set(sqlite_world.server.copies().values()) == {1}
