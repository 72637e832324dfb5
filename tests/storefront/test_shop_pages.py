"""The pages of the shop, the contact form, the footer, and the check that they are the merchant's own."""

import json
from typing import Any

import pytest
from django.test import Client

from store.engine.catalog import attributes, pages
from store.engine.catalog.models import AttributeValue, Page
from store.engine.channels import translations
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan, MerchantMessage
from store.saleor.shop_pages import REQUIRED
from store.storefront import checks

MESSAGE = {"name": "Ada", "email": "ada@example.com", "number": "12", "text": "Where is it?\n<b>bold</b>"}
FROM_HERE = {"sec-fetch-site": "same-origin"}
WORDS = {"en": "Model withdrawal form", "de": "Muster-Widerrufsformular", "es": "Modelo de formulario"}

EXAMPLE = {"en": "[EXAMPLE]", "de": "[BEISPIEL]", "es": "[EJEMPLO]"}


@pytest.fixture
def shopper(seeded_shop: None) -> Client:
    return Client()


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_the_footer_leads_to_every_page_in_the_readers_language(shopper: Client, language: str) -> None:
    start = "" if language == "en" else f"/{language}"
    foot = shopper.get(f"{start}/").text.split("<footer")[1]
    for slug in ("about", *REQUIRED):
        path = f"{start}/contact/" if slug == "contact" else f"{start}/pages/{slug}/"
        assert f'href="{path}"' in foot
        page = shopper.get(path)
        assert page.status_code == 200
        assert "public" in page["Cache-Control"]
        assert not page.cookies
    returns = shopper.get(f"{start}/pages/returns/").text
    assert WORDS[language] in returns
    assert [mark for mark in EXAMPLE.values() if mark in returns] == [EXAMPLE[language]]


def test_a_guide_is_no_page_of_the_shop_and_a_hidden_page_is_gone(shopper: Client) -> None:
    assert shopper.get("/pages/aftercare/").status_code == 404
    pages.update(page=Page.objects.get(slug="about"), given={"is_published": False})
    assert shopper.get("/pages/about/").status_code == 404
    assert 'href="/pages/about/"' not in shopper.get("/").text


def test_what_the_merchant_writes_shows_at_once(shopper: Client) -> None:
    shopper.get("/pages/about/")
    content = {"blocks": [{"type": "paragraph", "data": {"text": "Two people in a small town."}}]}
    pages.update(page=Page.objects.get(slug="about"), given={"content": content})
    assert "Two people in a small town." in shopper.get("/pages/about/").text


def test_the_check_refuses_examples_until_each_language_has_the_merchants_words(shopper: Client) -> None:
    found = checks.check_shop_pages()
    assert len(found) == 8
    assert {one.id for one in found} == {"storefront.E002"}
    from store.engine.channels.models import Translation

    own = {"blocks": [{"type": "paragraph", "data": {"text": "Our own words."}}]}
    pages.update(page=Page.objects.get(slug="about"), given={"content": own})
    assert len(checks.check_shop_pages()) == 8  # the others are still examples
    Translation.objects.filter(kind="Page", object_pk=str(Page.objects.get(slug="about").pk)).delete()
    assert len(checks.check_shop_pages()) == 7
    Page.objects.get(slug="imprint").delete()
    assert "storefront.E001" in {one.id for one in checks.check_shop_pages()}


def test_the_check_tells_of_a_renamed_choice_that_the_list_of_products_knows_until_it_has_its_name_again(
    shopper: Client,
) -> None:
    assert checks.check_choices() == []
    choice = AttributeValue.objects.get(attribute__slug="use-level", slug="first-time")
    attributes.update_value(value=choice, given={"name": "For beginners"})
    [found] = checks.check_choices()
    assert (found.id, "“first-time”" in found.msg, "“First time”" in (found.hint or "")) == (
        "storefront.W002",
        True,
        True,
    )
    attributes.update_value(value=choice, given={"name": "First time"})
    translations.translate(
        kind="AttributeValue", pk=choice.pk, language="EN", values={"name": "For beginners"}
    )
    assert checks.check_choices() == []
    assert "For beginners" in shopper.get("/products/").text


def test_a_message_goes_to_the_merchant_only_and_once(shopper: Client) -> None:
    for _ in range(2):
        answer = shopper.post("/contact/", MESSAGE, headers=FROM_HERE)
        assert answer["Location"] == "/contact/?sent=1"
    assert "a person answers by email" in shopper.get("/contact/?sent=1").text
    plan = MailPlan.objects.get()
    assert (plan.kind, plan.recipient) == (Kind.MERCHANT_MESSAGE, "care@cupwell.example")
    assert MerchantMessage.objects.get().sender_email == "ada@example.com"


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_sent(shopper: Client) -> None:
    answer = shopper.post("/contact/", MESSAGE | {"website": "https://spam.example"}, headers=FROM_HERE)
    assert answer["Location"] == "/contact/?sent=1"
    assert not MailPlan.objects.exists()


def test_another_site_and_a_header_in_the_address_are_refused(shopper: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/contact/", MESSAGE, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    answer = shopper.post(
        "/contact/", MESSAGE | {"email": "a@example.com\nBcc: b@example.com"}, headers=FROM_HERE
    )
    assert "form=" in answer["Location"]
    assert not MailPlan.objects.exists()


def test_messages_of_one_client_are_limited(shopper: Client, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"message": (2, 3600)}
    codes = [
        shopper.post(
            "/contact/", MESSAGE | {"text": f"Message {n}"}, headers=FROM_HERE, REMOTE_ADDR="203.0.113.7"
        ).status_code
        for n in range(3)
    ]
    assert codes == [303, 303, 429]


def test_the_first_page_says_who_sells(shopper: Client) -> None:
    script = shopper.get("/").text.split('<script type="application/ld+json">')[1].split("</script>")[0]
    data = json.loads(script)
    assert data["@type"] == "OnlineStore"
    assert data["contactPoint"]["email"] == "care@cupwell.example"
