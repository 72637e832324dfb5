"""Every mail in every language: complete, valid links, small enough, same content in both parts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings

from store import guidebook
from store.guidebook import wording
from store.mailer import checks, composition, mail_texts, merchant_messages, orders, personal_values
from store.mailer.accounts import Account
from store.mailer.composition import Rendered
from store.mailer.gift_cards import GiftCard
from store.mailer.low_stock_mails import LowStock
from store.mailer.mail_classes import Kind
from store.mailer.mail_kinds import (
    ABOUT_ACCOUNT,
    ABOUT_GIFT_CARD,
    ABOUT_LOW_STOCK,
    ABOUT_MESSAGE,
    ABOUT_ORDER,
    ABOUT_RECALL,
    ABOUT_RETURNED_PAYMENT,
    ABOUT_STOCK,
    mail_kind,
)
from store.mailer.markdown_rendering import RenderingError
from store.mailer.merchant_messages import Topic
from store.mailer.message import Mail
from store.mailer.models import MailPlan, MerchantMessage
from store.mailer.personal_values import NotShareable
from store.mailer.recalls import RecalledPieces, RecallNotice
from store.mailer.returned_payment_mails import ReturnedPayment
from store.mailer.stock_notices import StockNotice
from store.saleor.client.order_for_mail import OrderForMail
from tests.mailer.conftest import ORDER, SHIPMENT
from tests.mailer.saleor_double import ADDRESS, fulfillment, line, order
from tests.safety.recall_orders import WORDS, png

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, tzinfo=UTC)
INSERTS = ("silicone-cups", "glass-cups", "glass-valve-cups", "plastic-cups", "spare-parts")
AREAS = ("glutes", "lower-back", "back", "hips", "hamstrings")
MAILS = [
    *((kind, "") for kind in Kind if kind not in (Kind.HOWTO, Kind.ORDER_REFUNDED, Kind.INSERT_CHANGE)),
    (Kind.INSERT_CHANGE, "glass-cups@2.0"),
    *((Kind.AREA, area) for area in AREAS),
    *((Kind.HOWTO, insert) for insert in INSERTS),
    *((Kind.ORDER_REFUNDED, amount) for amount in ("10", "132.27")),
]
EVERY = pytest.mark.parametrize(
    ("kind", "about", "lang"),
    [(kind, about, lang) for kind, about in MAILS for lang in ("en", "de", "es")],
)


class Words(HTMLParser):
    """The pieces of text that a reader sees in an HTML part, its links, and the resources it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.lang = ""
        self._hiding: list[str] = []  # open tags from the hidden one inwards
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        is_hidden = tag in ("style", "title", "script") or "display:none" in (found.get("style") or "")
        if (is_hidden or self._hiding) and tag not in ("meta", "br", "img", "link"):
            self._hiding.append(tag)
        if tag == "html":
            self.lang = found.get("lang") or ""
        if tag == "a":
            self.links.append(found.get("href") or "")
        self.loads += [found["src"] or ""] if found.get("src") else []

    def handle_endtag(self, tag: str) -> None:
        if self._hiding and self._hiding[-1] == tag:
            self._hiding.pop()

    def handle_data(self, data: str) -> None:
        if not self._hiding and data.strip():
            self.pieces.append(" ".join(data.split()))


@pytest.fixture
def mail(kind: Kind, about: str, lang: str) -> Mail:
    return compose_mail(kind, about, lang)


def compose_mail(kind: Kind, about: str, lang: str, changes: dict[str, Any] | None = None) -> Mail:
    raw = order(ORDER, fulfillments=[fulfillment(SHIPMENT)])
    raw["lines"].append(line(3, "Pump Home Set", "12 cups", 1, 48.0, "plastic-cups@1.0"))
    raw |= changes or {}
    found = OrderForMail.model_validate({"order": raw}).order
    assert found
    plan = MailPlan(
        message_id="<x@cupwell.example>",
        kind=kind,
        mail_class=mail_kind(kind).mail_class,
        about=about,
        locale=lang,
        order_id=ORDER,
        order_number="22",
        fulfillment_id=SHIPMENT,
    )
    about: Any = orders.to_order(found)
    if mail_kind(kind).about is ABOUT_ACCOUNT:
        about, plan.order_id = (
            Account("ada.guest@example.com", "Ada", "https://cupwell.example/account/?token=abc"),
            "",
        )
    if mail_kind(kind).about is ABOUT_GIFT_CARD:
        expires = date(2028, 3, 31)
        about, plan.order_id = GiftCard("ada@example.com", "GIFT-1234", True, Decimal(25), "EUR", expires), ""
    if mail_kind(kind).about is ABOUT_LOW_STOCK:
        about = LowStock("", "SIL-4", "Silicone Cup Set", "4 cups", "Main", 4, 5, "/admin/stock/stock/1/")
        plan.order_id = ""
    if mail_kind(kind).about is ABOUT_RETURNED_PAYMENT:
        about, plan.order_id = ReturnedPayment("ada@example.com", "EUR", Decimal(25), Decimal(5)), ""
    if mail_kind(kind).about is ABOUT_RECALL:
        about = recall_notice(lang)
    if mail_kind(kind).about is ABOUT_STOCK:
        about, plan.order_id = stock_notice(), ""
    if kind in (Kind.MERCHANT_MESSAGE, Kind.RETURN_RECEIVED, Kind.RETURN_CLOSED):
        plan.about = str(_message(Topic.CONTACT if kind is Kind.MERCHANT_MESSAGE else Topic.RETURN).pk)
    if mail_kind(kind).about is ABOUT_MESSAGE:
        about, plan.order_id = merchant_messages.fetch(plan), ""
    return composition.compose(plan, about, recipient="ada.guest@example.com")


def stock_notice() -> StockNotice:
    shop = settings.PUBLIC_URL
    return StockNotice(
        email="ada.guest@example.com",
        product="Silicone Starter Set, Teal, soft",
        confirm_url=f"{shop}/back-in-stock/confirm-abc/",
        stop_url=f"{shop}/back-in-stock/stop-abc/",
        product_url=f"{shop}/products/silicone-starter-set/",
    )


def recall_notice(lang: str) -> RecallNotice:
    product, identification, hazard, action, picture_text = WORDS[lang]
    return RecallNotice(
        email="ada.guest@example.com",
        name="Ada",
        product=product,
        identification=identification,
        hazard=hazard,
        action=action,
        picture=png(),
        picture_text=picture_text,
        remedies=("repair", "replacement", "refund"),
        contact_email="safety@cupwell.example",
        contact_phone="+1 555 0100",
        pieces=(RecalledPieces("22", "GLASS", "G1", 1), RecalledPieces("23", "GLASS", "", 1)),
        answer_url=f"{settings.PUBLIC_URL}/{'' if lang == 'en' else lang + '/'}recalls/answer/abc:def/",
        page_url=f"{settings.PUBLIC_URL}/{'' if lang == 'en' else lang + '/'}recalls/1/",
        needs_answer=True,
    )


def _message(topic: Topic) -> MerchantMessage:
    return MerchantMessage.objects.create(
        topic=topic,
        digest=f"{topic.value} {MerchantMessage.objects.count()}",
        sender_name="Ada",
        sender_email="ada.guest@example.com",
        order_number="22",
        text="2 × Silicone Starter Set\n\nThe rim is cracked.",
        locale="en",
        received_at=NOW,
    )


@EVERY
def test_it_is_whole(mail: Mail, lang: str) -> None:
    page = Words(mail.html)
    assert page.lang == lang
    assert not re.search(r"q[sb][0-9a-f]{12}n|\{\{|\{%|\[\[|None", mail.subject + mail.text + mail.html)
    assert len(mail.html.encode()) < 90_000
    assert set(page.loads) == {
        f"cid:{picture.name}" for picture in mail.pictures
    }  # nothing remote: no tracking


@EVERY
def test_the_text_part_says_all_that_the_html_part_shows(mail: Mail) -> None:
    text = " ".join(mail.text.split())
    only_html = {
        "Cupwell",
        mail_texts.phrases(mail.lang)["unsubscribe"],
        mail_texts.phrases(mail.lang)["preferences"],
    }  # the shop's sign, the labels of links
    pieces = Words(mail.html).pieces
    assert len(pieces) > 4
    assert [piece for piece in pieces if piece not in text and piece not in only_html] == []


@EVERY
def test_its_links_lead_somewhere_that_is_there(mail: Mail, lang: str, settings: Any) -> None:
    library = guidebook.library()
    for url in Words(mail.html).links:
        path = url.removeprefix(settings.PUBLIC_URL)
        if lang != "en" and re.search("/(orders|guides|inserts|recalls)/", path):
            assert path.startswith(f"/{lang}/"), url  # the page in the language of the mail
            path = path.removeprefix(f"/{lang}")
        if found := re.match(r"/guides/([a-z-]+)/", path):
            assert found[1] in library.guides
        elif found := re.match(r"/inserts/([a-z-]+)/", path):
            assert found[1] in library.inserts
        else:
            assert path in ("/", "/de/", "/es/") or path.startswith(
                (
                    "/mail/unsubscribe/",
                    "/mail/preferences/",
                    "/orders/",
                    "/recalls/",
                    "/admin/stock/",
                    "/back-in-stock/",
                    "/products/",
                    "mailto:",
                    "tel:",
                    "https://cupwell.example/account/",
                )
            ), url


@EVERY
def test_it_makes_no_claim(mail: Mail, lang: str) -> None:
    text = unwrapped(mail.text)
    for what in ("added", "removed", "changed"):  # a statement of the insert is known by its whole wording
        text = text.replace(f" ({guidebook.library().labels[what][lang]})", "")
    for market in ("US", "UK", "EU"):
        assert list(wording.check(f"{mail.subject}\n{text}", market=market, lang=lang)) == []


def unwrapped(text: str) -> str:
    """The text as it was before its lines were cut to 72 characters: a sentence on one line."""
    lines: list[str] = [""]
    last = ""  # line as it stands in the mail
    for row in text.splitlines():
        first_word = row.split(maxsplit=1)[0] if row.strip() else ""
        is_rest = last.strip() and first_word and len(last) + 1 + len(first_word) > 72
        if is_rest and not re.match(r"- |\d+\. |\[", row):
            lines[-1] += f" {row.strip()}"
        else:
            lines.append(row)
        last = row
    return "\n".join(lines)


@pytest.mark.parametrize("lang", ["en", "de", "es"])
@pytest.mark.parametrize("slug", sorted(guidebook.library().inserts))
def test_the_safety_mail_of_each_insert_says_its_never_list_first_and_whom_to_tell(
    slug: str, lang: str
) -> None:
    insert = guidebook.library().inserts[slug]
    mail = compose_mail(Kind.SAFETY_FIRST, "", lang, ordered(slug))
    text = " ".join(mail.text.split())
    warnings = [one.text for one in insert.summary_statements(lang) if one.id != "W-WHO"]
    for one in [*(one.text for one in insert.never(lang)), *warnings]:
        assert one in text
    contact = insert.maker.contact
    never = [text.index(one.text) for one in insert.never(lang)]
    assert max(never, default=0) < text.index(contact["email"]) < text.index(contact["phone"])
    assert text.index(contact["phone"]) < min(text.index(one) for one in warnings)


@pytest.mark.parametrize("lang", ["en", "de", "es"])
@pytest.mark.parametrize("slug", INSERTS)
def test_a_how_to_shows_the_steps_of_its_own_mechanism_and_no_other(slug: str, lang: str) -> None:
    library = guidebook.library()
    mail = compose_mail(Kind.HOWTO, slug, lang)
    text = " ".join(mail.text.split())
    insert = library.inserts[slug]
    for one in insert.sections:
        if one.key in ("use", "release", "bulb", "valve", "gliding"):
            assert all(statement.text(lang) in text for statement in one.statements), one.key
    strange = [
        one.id
        for one in library.statements.values()
        if one.mechanisms and insert.mechanism not in one.mechanisms and one.text(lang) in text
    ]
    assert strange == []
    shown = re.findall(r'src="cid:([a-z-]+)"', mail.html)
    assert shown == [picture.name for picture in mail.pictures]
    assert all(library.figures[name].alt(lang) in text for name in shown)  # readable without pictures


@pytest.mark.parametrize("lang", ["en", "de", "es"])
@pytest.mark.parametrize("slug", [slug for slug in INSERTS if slug != "spare-parts"])
def test_no_mail_about_an_order_shows_what_belongs_to_other_cups(slug: str, lang: str) -> None:
    library = guidebook.library()
    insert = library.inserts[slug]
    for kind, about in mails_about_an_order_of(slug):
        mail = compose_mail(kind, about, lang, ordered(slug))
        text = " ".join(mail.text.split())
        strange = [
            one.id
            for one in library.statements.values()
            if not one.applies_to((insert.material,), (insert.mechanism,)) and one.text(lang) in text
        ]
        strange += [
            one.name
            for one in mail.pictures
            if not library.figures[one.name].applies_to((), (insert.mechanism,))
        ]
        assert strange == [], (kind, about)


def mails_about_an_order_of(slug: str) -> list[tuple[Kind, str]]:
    """All but the change of an insert, which also says what it no longer holds."""
    return [
        (kind, about)
        for kind, about in MAILS
        if mail_kind(kind).about is ABOUT_ORDER
        and kind is not Kind.INSERT_CHANGE
        and (kind is not Kind.HOWTO or about == slug)
    ]


def ordered(*slugs: str) -> dict[str, Any]:
    lines = [line(no, "A set", "one", 1, 9.0, f"{slug}@1.0") for no, slug in enumerate(slugs, start=1)]
    return {"lines": lines}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(
    ("slugs", "releases"),
    [
        (("silicone-cups",), {"release"}),
        (("glass-cups",), {"release-bulb"}),
        (("plastic-cups", "spare-parts"), {"release-valve"}),
        (("silicone-cups", "glass-cups"), {"release", "release-bulb"}),
    ],
)
def test_an_area_mail_shows_how_to_release_each_of_the_buyers_cups(
    area: str, slugs: tuple[str, ...], releases: set[str]
) -> None:
    mail = compose_mail(Kind.AREA, area, "en", ordered(*slugs))
    assert {one.name for one in mail.pictures if one.name.startswith("release")} == releases


@EVERY
@pytest.mark.usefixtures("same_second")
def test_a_text_that_many_share_is_the_one_that_was_written_for_each(
    kind: Kind, about: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = compose_mail(kind, about, lang)
    monkeypatch.setattr(composition, "_render_once", _refuse)
    alone = compose_mail(kind, about, lang)
    assert (mail.subject, mail.text, mail.html) == (alone.subject, alone.text, alone.html)


_PART_OF_DATE = re.compile(
    r"\d{4}-\d\d-\d\d | \d\d:\d\d(?= )|\d\d:\d\d UTC|\b\d\d?\\.? (?:de )?[A-Za-zä]+ (?:de )?20\d\d"
)


@pytest.mark.parametrize("kind", [Kind.MERCHANT_MESSAGE, Kind.RETURN_RECEIVED, Kind.GIFT_CARD])
@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_no_line_ends_within_a_date(kind: Kind, lang: str) -> None:
    mail = compose_mail(kind, "", lang)
    assert not _PART_OF_DATE.search(mail.text)
    assert re.search(r"\d{4}-\d\d-\d\d\xa0\d\d:\d\d\xa0UTC|\xa020\d\d\b", mail.text)


def test_of_a_mail_whose_words_are_its_readers_alone_nothing_is_kept_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(composition, "_render_once", _refuse)
    mail = compose_mail(Kind.ORDER_CONFIRMATION, "", "en")
    (words,) = personal_values.html_pieces(mail.words[1], mail.values)
    assert (mail.values, personal_values.has_mark(words[0]), words[1]) == ({}, False, False)


NASTY = 'O\'<b>&"zqorderurlqz" [x](https://evil.example) ' + "long " * 20


@pytest.fixture
def same_second() -> Iterator[None]:
    """Signed links say when they were made."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("same_second")
@pytest.mark.parametrize("kind", [Kind.ORDER_CONFIRMATION, Kind.RECALL])
def test_a_personal_value_is_text_wherever_it_stands(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    def named() -> Mail:
        changes = {"number": NASTY, "billingAddress": ADDRESS | {"firstName": NASTY}}
        return compose_mail(kind, "", "en", changes)

    shared = named()
    monkeypatch.setattr(composition, "_render_once", _refuse)
    alone = named()
    assert (shared.subject, shared.text, shared.html) == (alone.subject, alone.text, alone.html)
    assert "evil.example" not in re.findall(r'href="([^"]*)"', shared.html)


@pytest.mark.parametrize("kind", [Kind.ORDER_CONFIRMATION, Kind.SHIPPED])
def test_orders_of_other_things_to_other_places_share_their_words(kind: Kind) -> None:
    other = [
        line(1, "Glass Set & Pump", "6 cups", 2, 100.0, "silicone-cups@1.0"),
        line(2, "Pair", "Pair", 1, 26.95, "glass-cups@1.0"),
    ]
    elsewhere = ADDRESS | {"streetAddress1": "2 Elm <Street>", "postalCode": "94044"}
    shipped = [fulfillment(SHIPMENT)]
    first = compose_mail(kind, "", "en", {"lines": order(ORDER)["lines"], "fulfillments": shipped})
    second = compose_mail(
        kind, "", "en", {"lines": other, "shippingAddress": elsewhere, "fulfillments": shipped}
    )
    assert first.words == second.words
    for own in ("2 × Glass Set & Pump, 6 cups", "2 Elm <Street>"):
        assert own in second.text
        assert own in Words(second.html).pieces
        assert own not in first.text


@EVERY
def test_its_parts_are_encoded_in_pieces_without_a_trace(mail: Mail) -> None:
    content = mail.as_bytes(at=NOW)
    read = message_from_bytes(content, policy=policy.default)
    for subtype, part in (("plain", mail.text), ("html", mail.html)):
        body = read.get_body((subtype,))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n").rstrip("\n") == part.rstrip("\n")
    parts = content.partition(b"\r\n\r\n")[2].split(b"\r\n")
    encoded = [line for line in parts if not re.match(rb"[A-Za-z-]+: ", line)]
    assert max(map(len, encoded)) <= 76


def with_words(monkeypatch: pytest.MonkeyPatch, **words: str) -> Mail:
    load = mail_texts.load
    monkeypatch.setattr(mail_texts, "load", lambda *key: replace(load(*key), **words))
    return compose_mail(Kind.ORDER_CONFIRMATION, "", "en", {"billingAddress": ADDRESS | {"firstName": "Ada"}})


def test_a_text_may_compare_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "{% if first_name == 'Ada' %}Yours{% else %}Not yours{% endif %}"
    mail = with_words(monkeypatch, subject=words, body=words)
    assert (mail.subject, mail.text.partition("\n")[0], mail.text_only_because) == ("Yours", "Yours", "")


@pytest.mark.parametrize("part", ["subject", "body"])
@pytest.mark.parametrize("value", ["first_name|upper", "first_name|capfirst"])
def test_a_filter_that_changes_a_value_is_an_error_and_sends_no_placeholder(
    part: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RenderingError, match="a filter such as"):
        with_words(monkeypatch, **{part: f"Dear {{{{ {value} }}}}"})


def _refuse(*_: Any) -> Rendered:
    raise NotShareable


@EVERY
def test_every_picture_has_an_alternative_text_and_comes_with_the_mail(mail: Mail) -> None:
    pictures = re.findall(r"<img[^>]*>", mail.html)
    assert all(re.search(r' alt="[^"]{10,}"', one) for one in pictures)
    assert b"multipart/related" in mail.as_bytes(at=NOW) or not pictures


MJML = {"mjml", "mj-image", "mj-head", "mj-title", "mj-preview", "mj-attributes", "mj-all", "mj-text", "mj-section", "mj-column",
        "mj-raw", "mj-style", "mj-body", "mj-spacer", "mj-button", "mj-table"}  # fmt: skip


def test_the_templates_use_only_tags_that_mjml_knows() -> None:
    folder = Path(checks.__file__).parent / "templates" / "mailer"
    for path in folder.rglob("*.mjml"):
        assert set(re.findall(r"<(mj[a-z-]*)", path.read_text())) <= MJML, (
            path.name
        )  # others vanish without error


@pytest.mark.parametrize(
    "path",
    sorted(mail_texts.texts_folder().glob("*/*.md")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_no_mail_text_types_a_number_of_its_own(path: Path) -> None:
    prose = re.sub(r"\{[{%].*?[%}]\}", "", path.read_text())
    assert re.findall(r"\d+", prose) == []


@pytest.mark.parametrize(("country", "is_told"), [("US", False), ("DE", True), ("ES", True), ("NO", True)])
def test_buyers_in_the_eu_are_told_how_to_withdraw(country: str, is_told: bool) -> None:
    address = ADDRESS | {"country": {"code": country, "country": ""}}
    mail = compose_mail(Kind.ORDER_CONFIRMATION, "", "en", {"shippingAddress": address})
    assert ("within 14\xa0days" in mail.text) is is_told
    assert "Sample Town" in mail.text  # the seller's address stands in every mail


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


IN_EACH_LANGUAGE = pytest.mark.parametrize("lang", ["en", "de", "es"])


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@IN_EACH_LANGUAGE
def test_the_list_that_a_warning_names_stands_below_its_name(lang: str) -> None:
    pieces = Words(compose_mail(Kind.SAFETY_FIRST, "", lang).html).pieces
    library = guidebook.library()
    first = library.inserts["silicone-cups"].never(lang)[0].text
    assert pieces[pieces.index(library.headings["never"][lang]) + 1] == on_one_line(first)


@IN_EACH_LANGUAGE
def test_the_numbers_in_a_drawing_are_explained_in_both_parts(lang: str) -> None:
    mail = compose_mail(Kind.AREA, "lower-back", lang)
    figures = [guidebook.library().figures[picture.name] for picture in mail.pictures]
    explained = [on_one_line(text) for figure in figures for text in figure.legend_texts(lang)]
    assert len(explained) > 3
    assert set(explained) <= set(Words(mail.html).pieces)
    assert [text for text in explained if text not in on_one_line(mail.text)] == []


@pytest.mark.parametrize(
    ("lang", "moment"),
    [
        ("en", "November 28, 2026, 00:00 UTC"),
        ("de", "28. November 2026, 00:00 UTC"),
        ("es", "28 de noviembre de 2026, 00:00 UTC"),
    ],
)
def test_a_moment_is_written_as_its_reader_writes_it(lang: str, moment: str) -> None:
    for kind in (Kind.RETURN_RECEIVED, Kind.RETURN_CLOSED, Kind.MERCHANT_MESSAGE):
        assert moment in on_one_line(compose_mail(kind, "", lang).text)


@pytest.mark.parametrize(
    "kind", [Kind.MERCHANT_MESSAGE, Kind.LOW_STOCK, Kind.STAFF_PASSWORD, Kind.STAFF_INVITATION]
)
def test_who_works_for_the_shop_is_not_asked_about_what_they_bought(kind: Kind) -> None:
    question = mail_texts.phrases("en")["questions"]
    assert question in on_one_line(compose_mail(Kind.CARE, "", "en").text)
    assert question not in on_one_line(compose_mail(kind, "", "en").text)
