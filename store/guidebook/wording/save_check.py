"""Rejects a text with claims, with the sentence marked, unless a waiver covers it."""

from collections.abc import Iterable
from dataclasses import dataclass

from store.guidebook.wording.lint import Finding, check
from store.guidebook.wording.normalization import clean, normalize


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's exemption of one sentence from one rule, with reason and date. It covers exactly these words.

    Raises ValueError if a field is blank.
    """

    rule: str
    sentence: str
    who: str
    why: str
    when: str

    def __post_init__(self) -> None:
        for name in ("rule", "sentence", "who", "why", "when"):
            if not getattr(self, name).strip():
                raise ValueError(
                    f"A waiver needs '{name}': which rule and sentence, who allows it, why and when."
                )

    def covers(self, finding: Finding) -> bool:
        return self.rule in {finding.id, finding.claim} and _same_words(self.sentence, finding.sentence)


class WordingRefused(Exception):
    """The text makes claims that may not be made; `findings` lists them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [f"line {f.line}: {f.marked} ({f.id})" for f in self.findings]
        super().__init__(
            "This text makes a health claim or gives a dangerous instruction, and was not saved. "
            "Change the marked words, or record a waiver: " + " ".join(lines)
        )


def assert_clean(
    text: str,
    *,
    market: str | None = None,
    lang: str | None = None,
    waivers: Iterable[Waiver] = (),
) -> list[Waiver]:
    """Return the waivers that were used, to be stored with the text. Raises WordingRefused for an uncovered claim."""
    allowed, used, refused = list(waivers), [], []
    for finding in check(text, market, lang):
        waiver = next((w for w in allowed if w.covers(finding)), None)
        if waiver is None:
            refused.append(finding)
        else:
            used.append(waiver)
    if refused:
        raise WordingRefused(refused)
    return used


def _same_words(one: str, other: str) -> bool:
    return normalize(clean(one)).split() == normalize(clean(other)).split()
