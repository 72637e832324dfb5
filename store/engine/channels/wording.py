"""Checks texts that shoppers will read for forbidden claims before they are saved.

The check itself comes from outside the engine (`ports`). A permitted person can let a sentence pass (`waiving`) by
giving a reason: a `Waiver` is then written in the transaction that saves the text. It covers that sentence under that
rule; a changed sentence is checked again.
"""

import hashlib
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from store.engine import ports
from store.engine.channels import refused_sentences
from store.engine.channels.models import Channel, RefusedSentence, Waiver
from store.engine.channels.refused_sentences import Refusal
from store.engine.errors import OperationError, OperationErrors, camel_case
from store.engine.ports import Claim

# Columns and translated fields that shoppers read; strings or EditorJS.
TEXT_FIELDS = frozenset(
    {
        "name",
        "title",
        "description",
        "content",
        "seo_title",
        "seo_description",
        "header_text",
        "background_image_alt",
        "alt",
        "plain_text",
        "rich_text",
        "slug",
    }
)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_EDITORJS_METADATA_KEYS = frozenset({"id", "type", "time", "version", "style", "level"})


class ClaimRefused(OperationError):
    """A text contains a forbidden claim; the message marks the words in their sentence."""

    def __init__(self, claim: Claim, *, field: str, **extras: Any) -> None:
        marked = claim.sentence.replace(claim.words, f"»{claim.words}«", 1)
        parts = [
            f"The marked words may not be published in {', '.join(claim.markets)}"
            f" ({claim.rule}: {claim.about}): {marked}"
        ]
        if claim.instead:
            parts.append(f"Say instead: {claim.instead}")
        parts.append("Change them, or have the sentence released in the admin under Refused sentences.")
        super().__init__(" ".join(parts), field=field, **extras)
        self.claim = claim

    @property
    def digest(self) -> str:
        return digest(self.claim.rule, self.claim.sentence)

    @property
    def split(self) -> tuple[str, str, str]:
        """The parts of the sentence before, in and after the words."""
        return self.claim.sentence.partition(self.claim.words)


def digest(rule: str, sentence: str) -> str:
    """Hash that identifies a sentence under a rule; differences in white space do not count."""
    return hashlib.sha256(f"{rule}\n{' '.join(sentence.split())}".encode()).hexdigest()


def check_words(
    given: Mapping[str, Any], *, of: str, language: str | None = None, field: str | None = None, **extras: Any
) -> None:
    """Raise OperationErrors for each claim in the fields of `given` that shoppers read.

    `of`: names the object in the waiver (`Product 17`). `field`: the API's field where it differs from the column.
    Inside `waiving`, claims that the request covers are waived instead.
    """
    errors = [
        ClaimRefused(claim, field=field or camel_case(name), **extras)
        for name, value in given.items()
        if name in TEXT_FIELDS and value
        for claim in ports.connected().find_claims(_blocks(name, value), language, sales_countries)
    ]
    if errors and (unwaived := _without_waiver(errors)):
        _waive_or_raise(unwaived, of)


def _blocks(name: str, value: Any) -> list[str]:
    """The paragraphs of a field; the words of a slug."""
    return [re.sub(r"[-_]+", " ", value)] if name == "slug" else list(text_blocks(value))


def text_blocks(content: Any) -> Iterator[str]:
    """The paragraphs of a text or of EditorJS content, without markup."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            if key not in _EDITORJS_METADATA_KEYS:
                yield from text_blocks(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from text_blocks(value)
    elif isinstance(content, str) and (text := _strip_markup(content).strip()):
        yield text


def _strip_markup(text: str) -> str:
    """Text as a browser renders it: a tag does not separate words, a line break does."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def sales_countries() -> set[str]:
    """ISO 3166 codes of the default countries of active channels, and of the countries they ship to."""
    countries: set[str] = set()
    for channel in Channel.objects.filter(is_active=True).prefetch_related("shipping_zones"):
        countries |= {
            channel.default_country,
            *(country for zone in channel.shipping_zones.all() for country in zone.countries),
        }
    return countries


def _without_waiver(errors: Sequence[ClaimRefused]) -> list[ClaimRefused]:
    waived = set(
        Waiver.objects.filter(digest__in=[error.digest for error in errors]).values_list("digest", flat=True)
    )
    return [error for error in errors if error.digest not in waived]


def is_waived(rule: str, sentence: str) -> bool:
    """Whether there is a waiver for the sentence under the rule."""
    return Waiver.objects.filter(digest=digest(rule, sentence)).exists()


# --- waivers ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class WaiverRequest:
    """Who lets claims pass, why, and the digests of the sentences that this person was shown."""

    who: str
    why: str
    seen: frozenset[str]


_waiver_request: ContextVar[WaiverRequest | None] = ContextVar("keeping", default=None)


@contextmanager
def waiving(request: WaiverRequest) -> Iterator[None]:
    """Inside, sentences that the person was shown pass and get a waiver; others are refused as usual."""
    reset_token = _waiver_request.set(request)
    try:
        yield
    finally:
        _waiver_request.reset(reset_token)


def _waive_or_raise(errors: Sequence[ClaimRefused], of: str) -> None:
    request = _waiver_request.get()
    if request is None or any(error.digest not in request.seen for error in errors):
        refused_sentences.add(
            [Refusal(error.claim, error.digest, f"{of}, {error.field}") for error in errors]
        )
        raise OperationErrors(errors)
    for error in errors:
        _create_waiver(error, request, of=f"{of}, {error.field}")


def _create_waiver(error: ClaimRefused, request: WaiverRequest, *, of: str) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A waiver is written with the words it lets pass, in one transaction.")
    Waiver.objects.get_or_create(
        digest=error.digest,
        defaults={
            "rule": error.claim.rule,
            "words": error.claim.words,
            "sentence": error.claim.sentence,
            "markets": list(error.claim.markets),
            "who": request.who,
            "why": request.why,
            "where": of,
        },
    )


def release(row: RefusedSentence, *, who: str, why: str) -> None:
    """Write the waiver of a refused sentence: it can be saved from now on, wherever it stands."""
    with transaction.atomic(durable=True):
        Waiver.objects.get_or_create(
            digest=row.digest,
            defaults={
                "rule": row.rule,
                "words": row.words,
                "sentence": row.sentence,
                "markets": row.markets,
                "who": who,
                "why": why,
                "where": row.where,
            },
        )


def waive_text(text: str) -> None:
    """Inside `waiving`: write waivers for a text that will be saved later and elsewhere, such as through the API.

    Raises OperationErrors for claims that the request does not cover.
    """
    with transaction.atomic(durable=True):
        check_words({"description": text}, of="written down beforehand", field="text")


def find_claims(text: str) -> list[ClaimRefused]:
    """The claims for which the text would be refused if it were saved now."""
    errors = [
        ClaimRefused(claim, field="text")
        for claim in ports.connected().find_claims([text], None, sales_countries)
    ]
    return _without_waiver(errors) if errors else []
