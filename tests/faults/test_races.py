"""Many at once: the same events, the same rows, never the same mail twice."""

import pytest

from tests.faults.fixture_data import World

pytestmark = [pytest.mark.fault, pytest.mark.slow]


def test_without_the_guard_mails_are_sent_twice(sqlite_world: World) -> None:
    """This test exists to show that the next one can fail."""
    sqlite_world.run("plan", 15)
    sqlite_world.run("together", 4, "drain_carelessly", WITHOUT_GUARD="1", TEST_LEASE="60")
    assert max(sqlite_world.server.copies().values()) > 1


def test_eight_claimers_send_each_mail_once(world: World) -> None:
    world.run("plan", 30)
    world.run("together", 8, "drain", TEST_LEASE="60")
    assert world.states() == {"sent": 60}
    copies = world.server.copies()
    assert (len(copies), set(copies.values())) == (60, {1})


def test_a_storm_of_events_in_any_order_plans_each_mail_once(world: World) -> None:
    world.run("together", 4, "storm", 10, "{n}")
    assert (world.events(), len(world.plans())) == (20, 20)
    world.run("together", 2, "drain", TEST_LEASE="60")
    assert (world.states(), set(world.server.copies().values())) == ({"sent": 20}, {1})
