"""Help me choose: every set is in the page with the answers that it fits, and each answer is a link, too."""

import re

from django.test import Client

from tests.storefront.saleor_double import SaleorDouble


def test_the_page_holds_every_set_and_what_it_fits(shopper: Client) -> None:
    page = shopper.get("/choose/").text
    fits = re.findall(r'data-fits="([^"]+)"', page)
    assert len(fits) == 13
    assert fits[0] == "level=first-time mechanism=squeeze-by-hand suction=light price=-25"
    assert "Plain Massage Oil" not in page


def test_an_answer_fits_what_the_list_that_it_links_to_shows(shopper: Client) -> None:
    page = shopper.get("/choose/").text
    links = re.findall(r'<a class="chip" href="(/products/\?(\w+=[\w-]+))"', page)
    assert len(links) == 2 + 3 + 2 + len(re.findall(r'value="price=', page))
    for url, answer in links[:7]:  # the list of a price has accessories, too
        fitting = sum(answer in fits.split() for fits in re.findall(r'data-fits="([^"]+)"', page))
        total = re.search(r"(\d+) products?\b", shopper.get(url).text.partition("data-total")[2])
        assert total
        assert int(total[1]) == fitting > 0


def test_a_question_that_has_one_answer_is_not_asked(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.products = [p for p in saleor.products if p["slug"] in ("pump-home-set", "silicone-body-set")]
    page = shopper.get("/choose/").text
    assert re.findall(r"<legend>([^<]+)</legend>", page) == ["How would you like to make suction?"]


def test_nothing_of_it_is_sent(shopper: Client) -> None:
    form = re.search(r"<form class=\"questions\"[^>]*>", shopper.get("/choose/").text)
    assert form
    assert "action" not in form[0]
    assert "method" not in form[0]
