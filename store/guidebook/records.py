"""What guides/ holds, once read and checked. All of it is frozen: a page can hand it on without a copy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from store.guidebook.languages import Texts, pick

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
    """What the seed documents say, and whether a reader may meet it."""

    id: str
    status: str
    says: str
    seeds: tuple[str, ...]
    rule: str | None = None
    history: bool = False

    @property
    def must_reach_a_reader(self) -> bool:
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
    """Where seeds disagree: the home rule and the statements that print it."""

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
    """A claim of the seeds that may not be made, and what is said instead."""

    id: str
    verdict: str
    about: str
    seeds: tuple[str, ...]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in one language, ready for a page: the signal word is already translated in `label`."""

    id: str
    signal: str | None
    text: str
    kind: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that readers are told, written once, in every language."""

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
    quotes: tuple[str, ...] = ()
    asks: Texts = field(default_factory=dict)
    labels: Texts = field(default_factory=dict)
    file: Path | None = None
    line: int = 0

    def text(self, lang: str) -> str:
        return self.texts[pick(lang)]

    def said(self, lang: str) -> Said:
        label = self.labels.get(pick(lang)) if self.signal else None
        return Said(self.id, self.signal, self.text(lang), self.kind, label)

    @property
    def needs_major(self) -> bool:
        """A buyer must be told when this one changes."""
        return self.kind in MAJOR_KINDS or self.signal is not None

    def suits(self, materials: tuple[str, ...]) -> bool:
        """Statements without a material suit every cup; those for oil only suit the oil."""
        if not self.materials:
            return True
        return bool(set(self.materials) & set(materials or ("silicone", "plastic", "glass")))


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of our own: one SVG file for page, PDF and (as PNG) mail. Words live beside it, not in it."""

    slug: str
    svg: str
    titles: Texts
    alts: Texts
    legend: tuple[Texts, ...]

    def title(self, lang: str) -> str:
        return self.titles[pick(lang)]

    def alt(self, lang: str) -> str:
        return self.alts[pick(lang)]

    def key(self, lang: str) -> tuple[str, ...]:
        """The numbers in the drawing, explained in order."""
        return tuple(entry[pick(lang)] for entry in self.legend)

    @property
    def static_path(self) -> str:
        """Where the PNG lies below STATIC_URL, for mail clients that draw no SVG."""
        return f"guidebook/figures/{self.slug}.png"


Item = Statement | Figure


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    headings: Texts
    items: tuple[Item, ...]

    def heading(self, lang: str) -> str:
        return self.headings[pick(lang)]

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(item for item in self.items if isinstance(item, Statement))


@dataclass(frozen=True, slots=True)
class Change:
    """One line of "what has changed": `what` is added, removed or changed."""

    id: str
    what: str
    label: str
    kind: str
    major: bool
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Maker:
    """The maker and responsible-person block of Regulation (EU) 2023/988, article 19."""

    example: bool
    maker: Mapping[str, str]
    responsible_person: Mapping[str, str]
    contact: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SignOff:
    """A named person read this version of this insert."""

    insert: str
    version: str
    name: str
    role: str
    date: str
    digest: str
