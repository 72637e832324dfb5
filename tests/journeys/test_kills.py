"""Kill -9 of web, worker or beat between payment and mail: after a restart every mail has been sent, none twice."""

from collections import Counter
from pathlib import Path

import pytest

from bench.load import HttpClient
from bench.pages import buy
from tests.journeys import running_shops
from tests.journeys.running_shops import wait_for

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.mark.parametrize(
    "victims", [["worker", "worker-safety"], ["beat"], ["web"], ["worker", "worker-safety", "beat", "web"]]
)
def test_no_mail_is_lost_or_doubled(victims: list[str], tmp_path: Path, seeded_folder: Path) -> None:
    with running_shops.separate(tmp_path, copy_of=seeded_folder) as stack:
        for victim in (name for name in victims if name != "web"):
            stack.kill(victim)
        for _ in range(3):
            buy(HttpClient(stack.url), "silicone-glide-pair")
        if "web" in victims:
            stack.kill("web")
        for victim in victims:
            stack.start(victim)
        mails = stack.wait_for_mails(6, seconds=60)
        subjects = Counter("safety" if "before you use" in mail["Subject"] else "order" for mail in mails)
        assert subjects == {"safety": 3, "order": 3}
        wait_for(lambda: len(stack.deliveries()) == 6, 30, "every delivery to be recorded")
        assert set(stack.deliveries().values()) == {1}


def test_a_worker_killed_amid_its_work_finishes_after_the_restart(
    tmp_path: Path, seeded_folder: Path
) -> None:
    with running_shops.separate(tmp_path, copy_of=seeded_folder) as stack:
        for _ in range(5):
            buy(HttpClient(stack.url), "silicone-glide-pair")
            stack.kill("worker")
            stack.kill("worker-safety")
            stack.start("worker")
            stack.start("worker-safety")
        stack.wait_for_mails(10, seconds=90)
        wait_for(lambda: len(stack.deliveries()) == 10, 90, "every delivery to be recorded")
        assert set(stack.deliveries().values()) == {1}


def test_the_queue_folder_may_be_lost(tmp_path: Path, seeded_folder: Path) -> None:
    """Rows are the queue: without broker messages the sweep still sends everything."""
    with running_shops.separate(tmp_path, copy_of=seeded_folder) as stack:
        stack.kill("worker")
        stack.kill("worker-safety")
        buy(HttpClient(stack.url), "silicone-glide-pair")
        for message in (tmp_path / "queue" / "messages").glob("*"):
            message.unlink()
        stack.start("worker")
        stack.start("worker-safety")
        assert len(stack.wait_for_mails(2)) == 2
