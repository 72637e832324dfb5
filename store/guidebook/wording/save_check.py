"""When a merchant saves a claim: refused with the sentence marked, unless a person waived it in writing."""

from collections.abc import Iterable
from dataclasses import dataclass

from store.guidebook.wording.lint import Finding, check
from store.guidebook.wording.normalization import clean, fold


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person lets one sentence pass one rule, says why and when. It covers these words and no others."""

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
        return self.rule in {finding.id, finding.claim} and _same(self.sentence, finding.sentence)


class WordingRefused(Exception):
    """The text makes claims that nobody may make. Carries the findings; says which words, and what to do."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [f"line {f.line}: {f.marked} ({f.id})" for f in self.findings]
        super().__init__(
            "This text makes a health claim and was not saved. Change the marked words, or record a waiver: "
            + " ".join(lines)
        )


def assert_clean(
    text: str,
    *,
    market: str | None = None,
    lang: str | None = None,
    waivers: Iterable[Waiver] = (),
) -> list[Waiver]:
    """Raise WordingRefused, or return the waivers that were used so that the caller can keep them with the text."""
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


def _same(one: str, other: str) -> bool:
    return fold(clean(one)).split() == fold(clean(other)).split()
