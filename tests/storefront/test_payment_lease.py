"""The lease of a payment among processes that share one database, and after its holder was killed."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from store.storefront.checkout import earlier_payments
from store.storefront.models import PaymentLease

pytestmark = pytest.mark.django_db(transaction=True)
CHECKOUTS = [f"checkout-{number}" for number in range(20)]
Start = Callable[[Callable[[Connection], None]], tuple[Any, Connection]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts another process, with a database connection of its own and a pipe to this one."""
    started: list[Any] = []

    def start_process(work: Callable[[Connection], None]) -> tuple[Any, Connection]:
        connection.close()
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=work, args=(there,))
        process.start()
        started.append(process)
        return process, here

    yield start_process
    for process in started:
        process.kill()
        process.join()


def take_and_tell(pipe: Connection) -> None:
    """Take the lease of the first checkout, and keep it until killed."""
    with earlier_payments.lease(CHECKOUTS[0]) as lease:
        pipe.send(lease is not None)
        pipe.recv()


def take_all(pipe: Connection) -> None:
    """Once both are ready, take every lease that is free, and say whose."""
    pipe.send("ready")
    pipe.recv()
    pipe.send(taken())


def taken() -> set[str]:
    mine = set()
    for checkout_id in CHECKOUTS:
        with earlier_payments.lease(checkout_id) as lease:
            if lease is not None:
                mine.add(checkout_id)
                lease.keep()
    return mine


def is_free(checkout_id: str) -> bool:
    with earlier_payments.lease(checkout_id) as lease:
        return lease is not None


def test_of_two_processes_exactly_one_pays_for_each_checkout(start: Start) -> None:
    _, other = start(take_all)
    other.recv()
    other.send("go")
    ours = taken()
    theirs = other.recv()
    assert ours | theirs == set(CHECKOUTS)
    assert ours & theirs == set()


def test_after_its_holder_was_killed_a_lease_is_kept_until_it_expires(start: Start) -> None:
    """The call that may charge can outlive the process that made it."""
    holder, pipe = start(take_and_tell)
    assert pipe.recv() is True
    assert not is_free(CHECKOUTS[0])
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    assert not is_free(CHECKOUTS[0])
    PaymentLease.objects.update(expires_at=timezone.now())
    assert is_free(CHECKOUTS[0])
    assert not PaymentLease.objects.exists()
