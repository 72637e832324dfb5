"""A merchant's week in a real browser: each task is done, takes few clicks, and every page fits a phone."""

from bench import pages
from bench.load import HttpClient
from tests.browser import week
from tests.browser.conftest import OpenPage
from tests.browser.desk import Desk

ORDERS = 11
CLICKS = {
    "receive a lot": 3,
    "import prices": 4,
    "make a product with a picture, in three languages": 19,
    "pick all that is to be picked": 3,
    "ship an order": 3,
    "ship the ten others in one go": 4,
    "refund the delivery": 5,
    "take a piece back and send its price back": 6,
    "count a shelf": 5,
    "invite a warehouse hand": 4,
    "write the recall of a lot and submit it": 7,
}


def test_a_week_at_the_desk(open_page: OpenPage, address: str) -> None:
    for _ in range(ORDERS):
        pages.buy(HttpClient(address), "silicone-starter-set")
    desk = Desk(open_page("/admin/"), orders=range(1, ORDERS + 1))
    desk.log_in("merchant@cupwell.example")
    for task in week.WEEK:
        task(desk)
    assert desk.clicks == CLICKS
    assert desk.too_wide == {}
