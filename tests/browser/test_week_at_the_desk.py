"""A merchant's week in a real browser: each task is done, takes few clicks, and every page fits a phone."""

from tests.browser import shopper, week
from tests.browser.conftest import OpenPage
from tests.browser.desk import Desk

CLICKS = {
    "receive a lot": 3,
    "import prices": 4,
    "make a product with a picture, in three languages": 19,
    "pick all that is to be picked": 3,
    "ship an order": 3,
    "refund the delivery": 5,
    "take a piece back and send its price back": 6,
    "count a shelf": 5,
    "invite a warehouse hand": 4,
    "write the recall of a lot and submit it": 7,
}


def test_a_week_at_the_desk(open_page: OpenPage) -> None:
    shop = open_page("/", javascript=False)
    for _ in range(2):
        shopper.buy(shop)
    desk = Desk(open_page("/admin/"), orders=(1, 2))
    desk.log_in("merchant@cupwell.example")
    for task in week.WEEK:
        task(desk)
    assert desk.clicks == CLICKS
    assert desk.too_wide == {}
