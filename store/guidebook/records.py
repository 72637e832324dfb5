"""The validated content of guides/ as frozen dataclasses, safe to share without copies."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from store.guidebook.languages import Texts, country_name, supported_language
from store.guidebook.mechanisms import CUP_MATERIALS, CUP_MECHANISMS, Mechanism

MAJOR_KINDS = frozenset(
    {
        "warning",
        "limit",
        "contraindication",
        "site",
        "stop",
        "red-flag",
        "red-flag-act",
        "release",
        "first-aid",
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact from the seed documents; `status` says whether it must, may or must not be printed."""

    id: str
    status: str
    says: str
    seeds: tuple[str, ...]
    rule: str | None = None
    history: bool = False

    @property
    def must_be_published(self) -> bool:
        return self.status in {"CARRY", "RULE", "ASK", "PROHIBIT"}


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    how: str


@dataclass(frozen=True, slots=True)
class Limit:
    id: str
    value: int
    rule: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A disagreement between seed documents: the rule chosen and the statements that print it."""

    id: str
    topic: str
    rule: str
    carried_by: tuple[str, ...]
    limits: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    no_slug: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A class of claims or hazards that may not be written, where the seeds make it, and statements to use instead."""

    id: str
    verdict: str
    about: str
    seeds: tuple[str, ...]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalizedStatement:
    """A statement in one language; `label` is the translated signal word."""

    id: str
    signal: str | None
    text: str
    kind: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the guides, in every language, with its sources."""

    id: str
    kind: str
    texts: Texts
    signal: str | None = None
    tier: str | None = None
    urgency: str | None = None
    sources: tuple[str, ...] = ()
    cautious: str | None = None
    figure: str | None = None
    materials: tuple[str, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    quotes: tuple[str, ...] = ()
    asks: Texts = field(default_factory=dict)
    labels: Texts = field(default_factory=dict)
    file: Path | None = None
    line: int = 0

    @property
    def introduces_stop_signs(self) -> bool:
        """Whether it is the sentence above the list of stop signs, and none of them."""
        return self.id in {"ST-NOW", "ST-OIL-NOW"}

    def text(self, lang: str) -> str:
        return self.texts[supported_language(lang)]

    def in_language(self, lang: str) -> LocalizedStatement:
        label = self.labels.get(supported_language(lang)) if self.signal else None
        return LocalizedStatement(self.id, self.signal, self.text(lang), self.kind, label)

    def applies_to(self, materials: tuple[str, ...], mechanisms: tuple[Mechanism, ...] = ()) -> bool:
        """Whether it applies to any of `materials` and any of `mechanisms` (empty: those of all cups).

        A statement that names no material, or no mechanism, applies to all.
        """
        is_for_material = not self.materials or set(self.materials) & set(materials or CUP_MATERIALS)
        return bool(is_for_material and _is_for_mechanism(self.mechanisms, mechanisms))


def _is_for_mechanism(named: tuple[Mechanism, ...], wanted: tuple[Mechanism, ...]) -> bool:
    return not named or not set(named).isdisjoint(wanted or CUP_MECHANISMS)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: one SVG for web, PDF and (as PNG) mail. It contains no text; texts are fields here.

    `mechanisms`: of the cups that it shows; empty if it is true of all.
    """

    slug: str
    svg: str
    titles: Texts
    alts: Texts
    legend: tuple[Texts, ...]
    mechanisms: tuple[Mechanism, ...] = ()

    def applies_to(self, materials: tuple[str, ...], mechanisms: tuple[Mechanism, ...] = ()) -> bool:
        """As `Statement.applies_to`."""
        return _is_for_mechanism(self.mechanisms, mechanisms)

    def title(self, lang: str) -> str:
        return self.titles[supported_language(lang)]

    def alt(self, lang: str) -> str:
        return self.alts[supported_language(lang)]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing, as its viewBox says."""
        found = re.search(r'viewBox="0 0 (\d+) (\d+)"', self.svg)
        return (int(found[1]), int(found[2])) if found else (480, 320)

    def legend_texts(self, lang: str) -> tuple[str, ...]:
        """The legend: explanations of the numbers in the drawing, in order."""
        return tuple(entry[supported_language(lang)] for entry in self.legend)


Item = Statement | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """`folded`: the web page shows heading and `lead` (one short statement) and opens the rest on request."""

    key: str
    headings: Texts
    items: tuple[Item, ...]
    folded: bool = False
    lead: Statement | None = None

    def heading(self, lang: str) -> str:
        return self.headings[supported_language(lang)]

    def for_products(self, products: Collection[tuple[str, Mechanism]]) -> "Section":
        """With the items alone that apply to one of these products, each named by its material and mechanism."""
        applying = (
            item
            for item in self.items
            if any(item.applies_to((material,), (mechanism,)) for material, mechanism in products)
        )
        return replace(self, items=tuple(applying))

    @property
    def statements(self) -> tuple[Statement, ...]:
        lead = (self.lead,) if self.lead else ()
        return lead + tuple(item for item in self.items if isinstance(item, Statement))


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions; `what` is "added", "removed" or "changed".

    `heading`: of the section where it stands, in the reader's language, without which "You are pregnant" can't be
    understood; empty for what stands in no section.
    """

    id: str
    what: str
    label: str
    heading: str
    kind: str
    major: bool
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Maker:
    """The maker and responsible-person block of Regulation (EU) 2023/988, article 19.

    `address` in a block ends before the country, which `country` names by its code.
    """

    example: bool
    maker: Mapping[str, str]
    responsible_person: Mapping[str, str]
    contact: Mapping[str, str]

    def sender(self, lang: str) -> str:
        """Trade name and postal address, as mails and letters print them."""
        return f"{self.maker['trade_name']}, {postal_address(self.maker, lang)}"


def postal_address(block: Mapping[str, str], lang: str) -> str:
    """The address of a block of maker.toml with its country in the reader's language, on one line."""
    country = country_name(block["country"], lang) if block.get("country") else None
    return ", ".join(filter(None, (block["address"], country)))


def name_and_address(block: Mapping[str, str], lang: str) -> str:
    """Who it is and how to reach them, by post and electronically (art. 9 and 19), on one line."""
    parts = (block["name"], block.get("trade_name"), postal_address(block, lang), block.get("email"))
    return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class SignOff:
    """A named person's signature for one version of one insert; `digest` is the fingerprint of the text signed."""

    insert: str
    version: str
    name: str
    role: str
    date: str
    digest: str


@dataclass(frozen=True, slots=True)
class Release:
    """A published version of an insert; `content` as `insert_versions.insert_content` returns it."""

    version: str
    date: str
    fingerprint: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InsertRecord:
    """The data of a safety insert, without its output formats: `inserts.Insert` adds those.

    The renderers (html, plain_text, pdf) and insert_versions take this class, so that they need not import `inserts`.
    """

    slug: str
    material: str
    mechanism: Mechanism
    version: str
    date: str
    titles: Texts
    key_statements: tuple[Statement, ...]
    signs: tuple[Figure, ...]  # on the cover of the fold-out sheet
    sections: tuple[Section, ...]
    maker: Maker
    labels: Mapping[str, Texts]
    signoffs: tuple[SignOff, ...]
    releases: tuple[Release, ...]
    fingerprint: str

    def title(self, lang: str) -> str:
        return self.titles[supported_language(lang)]

    def label(self, name: str, lang: str) -> str:
        return self.labels[name][supported_language(lang)]

    @property
    def statements(self) -> Mapping[str, Statement]:
        return {s.id: s for section in self.sections for s in section.statements}

    @property
    def figures(self) -> Mapping[str, Figure]:
        return {i.slug: i for section in self.sections for i in section.items if isinstance(i, Figure)}

    @property
    def signed_by(self) -> SignOff | None:
        """The signature for this version with exactly this text; a signature for another text does not count."""
        for signed in self.signoffs:
            if (signed.insert, signed.version, signed.digest) == (self.slug, self.version, self.fingerprint):
                return signed
        return None
