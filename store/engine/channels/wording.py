"""What shoppers will read is checked before it is kept. Which words nobody may print is known outside the engine:
`wiring` hands the check in, and without one every text passes.

A person who may do so keeps a sentence all the same (`keeping`) and says why: then a `Waiver` stands in the
transaction that saves the words. It covers that sentence under that rule; a changed sentence is checked anew.
"""

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction

from store.engine.errors import Refusal, Refusals

# Columns and translated fields that shoppers read. Rich text among them is EditorJS.
WORDS = frozenset(
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
    }
)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_NO_WORDS = frozenset({"id", "type", "time", "version", "style", "level"})


class Claim(Protocol):
    """What the check objects to: the words, their sentence, why, and what to say instead (or nothing)."""

    @property
    def rule(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def markets(self) -> tuple[str, ...]: ...
    @property
    def instead(self) -> str: ...


Countries = Callable[[], Iterable[str]]
Check = Callable[[Sequence[str], str | None, Countries], Sequence[Claim]]


def _anything_goes(blocks: Sequence[str], language: str | None, countries: Countries) -> Sequence[Claim]:
    return ()


_check: Check = _anything_goes


def use(check: Check) -> None:
    """`check(blocks, language, countries)`: paragraphs; None when nobody said the language; ISO 3166 codes."""
    global _check  # noqa: PLW0603 - set once, when the program starts
    _check = check


class ClaimRefused(Refusal):
    """Words that nobody may print, with the sentence marked."""

    def __init__(self, claim: Claim, *, field: str, **extras: Any) -> None:
        marked = claim.sentence.replace(claim.words, f"»{claim.words}«", 1)
        told = [
            f"This makes a claim that may not be made in {', '.join(claim.markets)}"
            f" ({claim.rule}: {claim.about}): {marked}"
        ]
        if claim.instead:
            told.append(f"Say instead: {claim.instead}")
        super().__init__(" ".join(told), field=field, **extras)
        self.claim = claim

    @property
    def digest(self) -> str:
        return digest(self.claim.rule, self.claim.sentence)

    @property
    def split(self) -> tuple[str, str, str]:
        """The sentence before, in and after the words."""
        return self.claim.sentence.partition(self.claim.words)


def digest(rule: str, sentence: str) -> str:
    """Names a sentence under a rule. Spacing does not matter, a letter does."""
    return hashlib.sha256(f"{rule}\n{' '.join(sentence.split())}".encode()).hexdigest()


def check_words(
    given: Mapping[str, Any], *, of: str, language: str | None = None, field: str | None = None, **extras: Any
) -> None:
    """Raise Refusals for each claim in the fields of `given` that shoppers read.

    `of`: whose words these are, for the log of waivers. `field`: the API's name where it is not the column's.
    """
    refused = [
        ClaimRefused(claim, field=field or camel(name), **extras)
        for name, value in given.items()
        if name in WORDS and value
        for claim in _check(list(blocks(value)), language, sold_to)
    ]
    if refused and (left := _without_waiver(refused)):
        _keep_or_raise(left, of)


def blocks(content: Any) -> Iterator[str]:
    """The words of a text or of EditorJS, without markup, a paragraph each."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            if key not in _NO_WORDS:
                yield from blocks(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from blocks(value)
    elif isinstance(content, str) and (words := _plain(content).strip()):
        yield words


def _plain(text: str) -> str:
    """As a browser joins it: a tag parts no word, a line break does."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def sold_to() -> set[str]:
    """The countries of all channels that are open, and those that we send to from there."""
    from store.engine.channels.models import Channel

    found: set[str] = set()
    for channel in Channel.objects.filter(is_active=True).prefetch_related("shipping_zones"):
        found |= {
            channel.default_country,
            *(c for zone in channel.shipping_zones.all() for c in zone.countries),
        }
    return found


def _without_waiver(refused: Sequence[ClaimRefused]) -> list[ClaimRefused]:
    from store.engine.channels.models import Waiver

    kept = set(
        Waiver.objects.filter(digest__in=[one.digest for one in refused]).values_list("digest", flat=True)
    )
    return [one for one in refused if one.digest not in kept]


def is_kept(rule: str, sentence: str) -> bool:
    from store.engine.channels.models import Waiver

    return Waiver.objects.filter(digest=digest(rule, sentence)).exists()


# --- keeping words all the same -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps words, why, and which sentences that person was shown (digests)."""

    who: str
    why: str
    seen: frozenset[str]


_keeping: ContextVar[Keeping | None] = ContextVar("keeping", default=None)


@contextmanager
def keeping(wish: Keeping) -> Iterator[None]:
    """Inside, sentences that the person was shown pass and leave a waiver; others are refused as ever."""
    before = _keeping.set(wish)
    try:
        yield
    finally:
        _keeping.reset(before)


def _keep_or_raise(refused: Sequence[ClaimRefused], of: str) -> None:
    wish = _keeping.get()
    if wish is None or any(one.digest not in wish.seen for one in refused):
        raise Refusals(refused)
    for one in refused:
        _waive(one, wish, of=f"{of}, {one.field}")


def _waive(one: ClaimRefused, wish: Keeping, *, of: str) -> None:
    from store.engine.channels.models import Waiver

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A waiver is written with the words it lets pass, in one transaction.")
    Waiver.objects.get_or_create(
        digest=one.digest,
        defaults={
            "rule": one.claim.rule,
            "words": one.claim.words,
            "sentence": one.claim.sentence,
            "markets": list(one.claim.markets),
            "who": wish.who,
            "why": wish.why,
            "where": of,
        },
    )


def waive(text: str) -> None:
    """Inside `keeping`: keep a text that is saved elsewhere, later, such as through the API."""
    with transaction.atomic(durable=True):
        check_words({"description": text}, of="written down beforehand", field="text")


def claims_in(text: str) -> list[ClaimRefused]:
    """What would be refused in this text if it were saved now."""
    found = [ClaimRefused(claim, field="text") for claim in _check([text], None, sold_to)]
    return _without_waiver(found) if found else []
