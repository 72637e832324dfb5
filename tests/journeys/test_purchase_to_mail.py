"""A shopper buys a set; insert and how-to arrive by mail. On each form of the shop, as real processes."""

import io
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from pypdf import PdfReader

from bench.graphql import Client
from bench.load import HttpClient
from bench.pages import buy
from tests.journeys import running_shops
from tests.journeys.running_shops import Stack, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["embedded", "scaled"])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        with running_shops.embedded(folder) as stack:
            yield stack
        return
    urls = {
        "DATABASE_URL": request.getfixturevalue("new_postgres")(),
        "REDIS_URL": request.getfixturevalue("redis_url"),
    }
    with running_shops.separate(folder, **urls) as stack:
        yield stack


OWN_TOKEN = "from store.engine.events import apps; print(apps.internal_app_token())"
NEWEST = """{orders(first:1,sortBy:{field:NUMBER,direction:DESC}){edges{node{
    id lines{id allocations{quantity warehouse{id}}}}}}}"""
FULFILL = """mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){
    fulfillments{id} errors{field message code}}}"""
DELIVERED = """mutation($id:ID!,$at:String!){updateMetadata(id:$id,input:[{key:"delivered_at",value:$at}]){
    errors{field message code}}}"""


def subjects(mails: list[EmailMessage]) -> list[str]:
    return [str(mail["Subject"]) for mail in mails]


def pdfs(mail: EmailMessage) -> list[bytes]:
    return [
        part.get_content() for part in mail.iter_attachments() if part.get_content_type() == "application/pdf"
    ]


def test_buying_brings_the_confirmation_and_the_insert_within_a_minute(shop: Stack) -> None:
    before = len(shop.mails())
    buy(HttpClient(shop.url), "silicone-palm-cup")
    mails = shop.wait_for_mails(before + 2, seconds=60)[before:]
    safety = next(mail for mail in mails if "before you use" in str(mail["Subject"]))
    (insert,) = pdfs(safety)
    assert "silicone" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(insert)).pages).lower()


def test_mail_has_a_text_and_an_html_part(shop: Stack) -> None:
    buy(HttpClient(shop.url), "pump-starter-set")
    mail = shop.wait_for_mails(2)[-1]
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}


def test_sending_and_delivering_bring_the_tracking_number_and_the_how_to(shop: Stack) -> None:
    """Through the API: fulfill with a tracking number, then report the delivery in the metadata."""
    client = Client(shop.url, token=shop.manage("shell", "--no-imports", "-v", "0", "-c", OWN_TOKEN).strip())
    buy(HttpClient(shop.url), "glass-bulb-cup")
    order = client.execute(NEWEST, {})["orders"]["edges"][0]["node"]
    lines = [
        {
            "orderLineId": line["id"],
            "stocks": [{"warehouse": allocation["warehouse"]["id"], "quantity": allocation["quantity"]}],
        }
        for line in order["lines"]
        for allocation in line["allocations"]
    ]
    fulfilled = client.execute(
        FULFILL, {"o": order["id"], "i": {"lines": lines, "trackingNumber": "TRACK-7"}}
    )
    fulfillment_id = fulfilled["orderFulfill"]["fulfillments"][0]["id"]
    wait_for(lambda: any("TRACK-7" in str(mail) for mail in shop.mails()), 60, "the tracking number by mail")
    client.execute(DELIVERED, {"id": fulfillment_id, "at": datetime.now(UTC).isoformat()})
    wait_for(lambda: any("how to" in subject.lower() for subject in subjects(shop.mails())), 60, "the how-to")


def test_all_is_well_and_the_health_page_says_so(shop: Stack) -> None:
    health = shop.health()
    assert (health["ok"], health["database"]["ok"], health["broker"]["ok"], health["mail"]["ok"]) == (
        True,
    ) * 4


def test_nobody_gets_a_mail_twice(shop: Stack) -> None:
    buy(HttpClient(shop.url), "silicone-palm-cup")
    shop.wait_for_mails(len(shop.mails()) + 2)
    deliveries = shop.deliveries()
    assert set(deliveries.values()) == {1}
    assert 2 <= len(deliveries) <= len(shop.mails())


def test_ctrl_c_ends_all_of_it(tmp_path: Path, seeded_folder: Path) -> None:
    """`make run` leaves no child process."""
    shutil.copytree(seeded_folder, tmp_path, dirs_exist_ok=True)
    with running_shops.embedded(tmp_path) as stack:
        leader = stack.processes["run"].pid
        wait_for(lambda: len(_descendants(leader)) >= 3, 20, "web, its worker process and the worker")
        children = _descendants(leader)
        os.kill(leader, signal.SIGINT)
        stack.processes["run"].wait(20)
        running_shops.wait_for(
            lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 5, "the children to end"
        )


def _descendants(pid: int) -> list[int]:
    done = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    found, queue = [], [pid]
    while queue:
        parent = queue.pop()
        children = [child for child, its_parent in pairs if its_parent == parent]
        found += children
        queue += children
    return found
