"""Every mail in every language: complete, valid links, small enough, same content in both parts."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from store import guidebook
from store.guidebook import wording
from store.mailer import checks, composition, mail_texts, orders
from store.mailer.mail_kinds import RULES, Kind
from store.mailer.models import MailPlan
from store.saleor.client.order_for_mail import OrderForMail
from tests.mailer.conftest import ORDER, SHIPMENT
from tests.mailer.saleor_double import fulfillment, line, order

pytestmark = pytest.mark.django_db
MATERIALS = ("silicone", "glass", "plastic")
MAILS = [(kind, "") for kind in Kind if kind != Kind.HOWTO] + [
    (Kind.HOWTO, material) for material in MATERIALS
]
EVERY = pytest.mark.parametrize(
    ("kind", "about", "lang"),
    [(kind, about, lang) for kind, about in MAILS for lang in ("en", "de", "es")],
)


class Words(HTMLParser):
    """The visible words of an HTML part, its links, and the resources it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.lang, self._hidden = "", 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._hidden += tag in ("style", "title", "script")
        if tag == "html":
            self.lang = found.get("lang") or ""
        if tag == "a":
            self.links.append(found.get("href") or "")
        self.loads += [found["src"] or ""] if found.get("src") else []

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data.split()


@pytest.fixture
def mail(kind: Kind, about: str, lang: str) -> composition.Mail:
    return compose_mail(kind, about, lang)


def compose_mail(kind: Kind, about: str, lang: str) -> composition.Mail:
    raw = order(ORDER, fulfillments=[fulfillment(SHIPMENT)])
    raw["lines"].append(line(3, "Pump Home Set", "12 cups", 1, 48.0, "plastic-cups@1.0"))
    found = OrderForMail.model_validate({"order": raw}).order
    assert found
    plan = MailPlan(
        message_id="<x@cupwell.example>",
        kind=kind,
        mail_class=RULES[kind].mail_class,
        about=about,
        locale=lang,
        order_id=ORDER,
        order_number="22",
        fulfillment_id=SHIPMENT,
    )
    return composition.compose(plan, orders._order(found), recipient="ada.guest@example.com")


@EVERY
def test_it_is_whole(mail: composition.Mail, lang: str) -> None:
    page = Words(mail.html)
    assert page.lang == lang
    assert not re.search(r"q[sb][0-9a-f]{12}n|\{\{|\{%|\[\[|None", mail.subject + mail.text + mail.html)
    assert len(mail.html.encode()) < 90_000
    assert page.loads == []  # no remote resources, so no tracking


@EVERY
def test_the_text_part_has_every_word_of_the_html_part(mail: composition.Mail) -> None:
    def long_words(found: str) -> set[str]:
        return set(re.findall(r"[^\W_]{4,}", found.lower()))

    page = Words(mail.html)
    preheader = "display:none" in mail.html  # shown in the list of mails only
    missing = long_words(" ".join(page.words)) - long_words(mail.text) - long_words(mail.subject)
    allowed = long_words(" ".join(page.words[:60])) if preheader else set()
    assert missing - allowed - long_words(mail_texts.phrases(mail.lang)["unsubscribe"]) == set()


@EVERY
def test_its_links_lead_somewhere_that_is_there(mail: composition.Mail, lang: str, settings: Any) -> None:
    library = guidebook.library()
    for url in Words(mail.html).links:
        path = url.removeprefix(settings.PUBLIC_URL)
        if found := re.match(r"/guides/([a-z-]+)/", path):
            assert found[1] in library.guides
        elif found := re.match(r"/inserts/([a-z-]+)/", path):
            assert found[1] in library.inserts
        else:
            assert path == "/" or path.startswith(("/mail/unsubscribe/", "/orders/", "mailto:")), url
        assert lang == "en" or not path.startswith(("/guides/", "/inserts/")) or f"lang={lang}" in path


@EVERY
def test_it_makes_no_claim(mail: composition.Mail, lang: str) -> None:
    for market in ("US", "UK", "EU"):
        assert list(wording.check(f"{mail.subject}\n{mail.text}", market=market, lang=lang)) == []


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_the_safety_mail_says_every_key_warning_of_every_insert_bought(lang: str) -> None:
    text = " ".join(compose_mail(Kind.SAFETY_FIRST, "", lang).text.split())
    for slug in ("silicone-cups", "glass-cups", "plastic-cups"):
        for statement in guidebook.library().inserts[slug].summary_statements(lang):
            assert statement.text in text


def test_every_language_has_every_file() -> None:
    assert checks.check_mail_texts(None) == []
    assert mail_texts.names("de") == mail_texts.names("es") == mail_texts.names("en")


def test_a_broken_file_is_told_with_its_line_and_what_to_do(tmp_path: Path, settings: Any) -> None:
    settings.GUIDES_DIR = tmp_path
    (tmp_path / "emails" / "en").mkdir(parents=True)
    path = tmp_path / "emails" / "en" / "shipped.md"
    path.write_text('---\nsubject: "On its way"\npreheader: a: b\n---\nBody\n')
    with pytest.raises(mail_texts.MailTextError, match=rf"{path}:3: .*in quotes"):
        mail_texts.load("shipped", "en")
