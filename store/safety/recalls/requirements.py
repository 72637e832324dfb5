"""What a recall must have before anybody is told: words in each language without softening, a picture, remedies."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from store import guidebook
from store.guidebook.wording.merchant_text import find_claims
from store.safety.models import Recall, RecallText

MIN_REMEDIES = 2
DANGER = "hazard"
HAZARD_RULES = "H"  # of the wording check: their names begin so
WORDS = ("product", "identification", DANGER, "action", "picture_text")
_LABELS = {
    "product": "the product",
    "identification": "how to tell it",
    "hazard": "the danger",
    "action": "what to do",
    "picture_text": "what the picture shows",
}


def missing(recall: Recall) -> list[str]:
    """What stands in the way of this recall, as sentences; empty if nothing does."""
    texts = {text.language: text for text in recall.texts.all()}
    return [
        *_missing_facts(recall),
        *(line for lang in guidebook.library().languages for line in _of_language(texts.get(lang), lang)),
    ]


def softening_words(text: str, lang: str) -> list[str]:
    """Words of the text that make a danger sound smaller than it is."""
    pattern = _patterns().get(lang)
    return [found[0].strip() for found in pattern.finditer(" ".join(text.split()))] if pattern else []


def _missing_facts(recall: Recall) -> Iterator[str]:
    if not recall.items.exists():
        yield "Say which SKU, and which lot of it."
    if not recall.picture:
        yield "Add a picture of the product."
    if not recall.remedies:
        yield "Offer remedies: at least two of repair, replacement and refund."
    elif len(recall.remedies) < MIN_REMEDIES and not recall.single_remedy_reason.strip():
        yield "Offer at least two of repair, replacement and refund, or say why the others are impossible."
    if recall.sold_from and recall.sold_until and recall.sold_from > recall.sold_until:
        yield "The first day of the orders is after the last one."


def _of_language(text: RecallText | None, lang: str) -> Iterator[str]:
    if text is None:
        yield f"Write it in {lang}."
        return
    for name in WORDS:
        value = str(getattr(text, name))
        if not value.strip():
            yield f"{lang}: write {_LABELS[name]}."
        for word in softening_words(value, lang):
            yield f"{lang}, {_LABELS[name]}: “{word}” makes the danger sound smaller. Take it out."
        for finding in find_claims([value], lang, set):
            if name == DANGER and finding.rule.startswith(HAZARD_RULES):
                continue  # a danger is what this text is there to name
            yield f"{lang}, {_LABELS[name]}: “{finding.sentence}” can't stand here ({finding.rule})."


def _patterns() -> Mapping[str, re.Pattern[str]]:
    path = Path(settings.GUIDES_DIR) / "recall-words.toml"
    return _compiled(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _compiled(path: Path, _mtime: int) -> Mapping[str, re.Pattern[str]]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        lang: re.compile(rf"\b(?:{'|'.join(entry['words'])})\w*", re.IGNORECASE)
        for lang, entry in found.items()
    }
