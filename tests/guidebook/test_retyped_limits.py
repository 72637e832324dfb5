"""No limit is retyped where guides/limits.toml can't change it: legends, summaries, mails, catalog, words of the pages."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from store.guidebook.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
NUMBER = (
    r"(?:\d+|two|three|four|five|six|ten|twelve|zwei|drei|vier|fünf|sechs|zehn|zwölf"
    r"|dos|tres|cuatro|cinco|seis|diez|doce)"
)
UNIT = (
    r"(?:minutes?|hours?|weeks?|months?|times|pulls?|strokes?|fingers?|Minuten|Stunden|Wochen|Monaten?|Mal|Hübe"
    r"|Finger|minutos|horas|semanas|meses|veces|bombadas|dedos)"
)
RETYPED = re.compile(rf"\b{NUMBER}[\s\u00a0]+{UNIT}\b|\b(?:twice|zweimal|dreimal|viermal)\b", re.IGNORECASE)
# They count no use of a cup: how soft a cup is, charges of a payment, where the insert is found.
ALLOWED = re.compile(
    r"squeeze with two fingers|aprietan con dos dedos|not charged twice|se cobra dos veces|happens twice"
    r"|insert, three times|Sicherheitsblatt, dreimal|hoja, tres veces"
)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def texts() -> Iterator[tuple[str, str]]:
    """Each text outside guides/statements that is printed somewhere, with its file."""
    guides = ROOT / "guides"
    data = [guides / "headings.toml", guides / "labels.toml", guides / "figures" / "figures.toml"]
    data += [*guides.glob("library/*.toml"), *guides.glob("inserts/*/insert.toml")]
    data += [*settings.CATALOG_SEED_DIR.glob("**/*.toml")]
    for file in data:
        for text in _strings(tomllib.loads(file.read_text(encoding="utf-8"))):
            yield str(file.relative_to(ROOT)), text
    for file in [*guides.glob("emails/*/*.md"), *guides.glob("emails/*/*.yaml")]:
        yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")
    for file in (ROOT / "store").glob("*/locale/*/LC_MESSAGES/django.po"):
        for entry in file.read_text(encoding="utf-8").split("\n\n"):
            text = "".join(QUOTED.findall(entry))
            yield str(file.relative_to(ROOT)), text


def statements() -> Iterator[tuple[str, str]]:
    """The words of each statement as they are filed, with {minutes_max} in the place of a limit."""
    for file in (ROOT / "guides" / "statements").glob("*.toml"):
        for id_, data in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for key, text in data.items():
                if key.removeprefix("ask_") in LANGUAGES:
                    yield f"{file.name} {id_}", text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def test_no_limit_is_retyped_outside_the_statements() -> None:
    found = [(file, match[0]) for file, text in texts() for match in RETYPED.finditer(ALLOWED.sub("", text))]
    assert found == []


def test_no_limit_is_retyped_in_a_statement() -> None:
    assert [(place, match[0]) for place, text in statements() for match in RETYPED.finditer(text)] == []
    assert len([*statements()]) > 800


@pytest.mark.parametrize(
    "text",
    [
        "Here: the spine, 30 minutes",
        "Set a timer for 20 minutes",
        "zwei Finger daneben",
        "tres veces como máximo",
    ],
)
def test_the_test_sees_a_retyped_limit(text: str) -> None:
    assert RETYPED.search(text)
