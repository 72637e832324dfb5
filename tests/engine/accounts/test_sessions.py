"""Sessions of the desk that are over are deleted."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from store.beat_schedule import beat_schedule
from store.engine.accounts.tasks import clear_sessions


@pytest.mark.django_db
def test_a_session_that_is_over_is_deleted_and_one_that_is_not_stays() -> None:
    for _ in range(2):
        SessionStore().create()
    over, still = Session.objects.all()
    Session.objects.filter(pk=over.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    clear_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [still.pk]


@pytest.mark.parametrize("embedded", [True, False])
def test_that_is_done_each_day_whatever_is_behind_the_store(settings, embedded: bool) -> None:
    settings.EMBEDDED = embedded
    assert beat_schedule()["clear sessions"]["task"] == "accounts.clear_sessions"
