"""Readability: grade 6 for inserts, 8 for guides, at most 20 words and one instruction per sentence."""

import re
from pathlib import Path

import pytest
import textstat
from django.conf import settings

from store.guidebook.library import Library
from store.guidebook.records import Section
from store.guidebook.wording import check
from store.guidebook.wording.sentences import split_with_lines
from tests.guidebook.readability import flesch_kincaid, has_two_instructions, longest_sentence, words


def prose(sections: tuple[Section, ...], lang: str) -> str:
    return " ".join(re.sub(r":$", ".", s.text(lang)) for section in sections for s in section.statements)


def test_inserts_read_at_grade_six_or_lower(guide_library: Library) -> None:
    grades = {
        slug: flesch_kincaid(prose(insert.sections, "en")) for slug, insert in guide_library.inserts.items()
    }
    assert max(grades.values()) <= 6, grades


def test_guides_read_at_grade_eight_or_lower(guide_library: Library) -> None:
    grades = {
        slug: flesch_kincaid(prose(guide.sections, "en")) for slug, guide in guide_library.guides.items()
    }
    assert max(grades.values()) <= 8, grades


def test_german_and_spanish_read_easily_by_their_own_formulas(guide_library: Library) -> None:
    """Wiener Sachtextformel up to 7 (school years); Fernández Huerta from 70 (easy)."""
    for document in [*guide_library.inserts.values(), *guide_library.guides.values()]:
        textstat.set_lang("de")
        assert textstat.wiener_sachtextformel(prose(document.sections, "de"), 1) <= 7, document.slug
        textstat.set_lang("es")
        assert textstat.fernandez_huerta(prose(document.sections, "es")) >= 70, document.slug


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_no_sentence_has_more_than_twenty_words(guide_library: Library, lang: str) -> None:
    for statement in guide_library.statements.values():
        for text in (statement.text(lang), statement.asks.get(lang, "")):
            for sentence, _line in split_with_lines(text):
                assert longest_sentence(sentence) <= 20, (statement.id, sentence)


def test_each_sentence_gives_one_order(guide_library: Library) -> None:
    assert [
        sentence
        for statement in guide_library.statements.values()
        for sentence, _line in split_with_lines(statement.text("en"))
        if has_two_instructions(sentence)
    ] == []


def test_the_measure_itself_can_fail() -> None:
    hard = "Individuals demonstrating contraindicated haematological conditions necessitate multidisciplinary evaluation."
    assert flesch_kincaid(hard) > 12
    assert longest_sentence("one two three. four five.") == 3
    assert has_two_instructions("Wash the cup and dry it.")
    assert len(words("Don't stop: 5 minutes.")) == 4


EMAILS = sorted((settings.GUIDES_DIR / "emails").glob("*/*.md"))


def mail_prose(text: str) -> str:
    """The words of a mail without its front matter, placeholders and marks."""
    body = re.sub(r"^---.*?---|\{%.*?%\}|\{\{.*?\}\}|\]\([^)]*\)", " ", text, flags=re.DOTALL)
    lines = [re.sub(r"^[#\-\d. >*]+", "", line).strip() for line in body.splitlines()]
    return " ".join(line if line[-1] in ".!?:" else f"{line}." for line in lines if len(line.split()) > 2)


@pytest.mark.parametrize("file", EMAILS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_mails_read_at_grade_six_in_sentences_of_twenty_words(file: Path) -> None:
    prose_of_mail = mail_prose(file.read_text(encoding="utf-8"))
    assert longest_sentence(prose_of_mail) <= 20
    if file.parent.name == "en":
        assert flesch_kincaid(prose_of_mail) <= 6
        return
    textstat.set_lang(file.parent.name)
    if file.parent.name == "de":
        assert textstat.wiener_sachtextformel(prose_of_mail, 1) <= 7
    else:
        assert textstat.fernandez_huerta(prose_of_mail) >= 70


@pytest.mark.parametrize("file", EMAILS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_mails_make_no_claim(file: Path) -> None:
    words = re.sub(r"{%.*?%}", "\n", file.read_text(encoding="utf-8"))
    assert check(words, lang=file.parent.name) == []
