"""Guides and inserts as lists and cards show them, in one language."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from store import guidebook
from store.guidebook.guides import Guide
from store.guidebook.inserts import Insert
from store.guidebook.records import LocalizedStatement, Section, name_and_address

SIGN = "sign-"  # how the slug of a warning sign begins, which shows no use


# Of guides without a drawing in their text, and of guides whose drawings another has too, so that no two cards of the
# index look alike: static/storefront/cards/ has one for each.
DRAWN_CARDS = {
    "choosing-a-set", "aftercare", "heat-and-cold", "when-to-see-a-doctor", "first-session",
    "care-silicone", "care-plastic", "care-glass",
}  # fmt: skip
# Whose card shows the part of a map that the guide is about, by the stylesheet.
CLOSE_UPS = {"lower-back", "hips"}


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """`file` is below static/, `width` and `height` in pixels. `part`: of which guide it shows its own part only."""

    file: str
    width: int
    height: int
    part: str = ""

    @property
    def is_upright(self) -> bool:
        """Such as a body; three steps side by side are wide."""
        return self.width < 1.5 * self.height


@dataclass(frozen=True, slots=True)
class GuideCard:
    """`figure`: the drawing that is most its own, None for a guide without any."""

    slug: str
    title: str
    summary: str
    figure: DrawnFigure | None


@dataclass(frozen=True, slots=True)
class WhoShouldNot:
    """Who must not use a product at home, and who asks a doctor first, by how the product makes suction.

    The headings are "Never at home if …" and "Ask a doctor first if …". A spare part has neither list, oil no second.
    """

    never_heading: str
    never: Sequence[LocalizedStatement]
    ask_heading: str
    ask_first: Sequence[LocalizedStatement]


@dataclass(frozen=True, slots=True)
class InsertCard:
    """`key` is what a buyer acknowledges and what the order line stores, such as `silicone-cups@1.0`."""

    slug: str
    title: str
    version: str
    key: str
    warnings: Sequence[LocalizedStatement]
    who_should_not: WhoShouldNot
    maker: Sequence[tuple[str, str]]
    maker_mark: str


def table_of_contents(sections: Iterable[Section], lang: str) -> list[tuple[str, str]]:
    """(anchor, heading) of each section that can be linked to; the questions of a FAQ have no anchor."""
    headings: dict[str, str] = {}
    for section in sections:
        if section.key != "q":
            headings.setdefault(section.key, section.heading(lang))
    return list(headings.items())


def guide_cards(slugs: Iterable[str], lang: str) -> list[GuideCard]:
    """In the order of `slugs`; a slug that Saleor has and guides/ has not is left out."""
    guides = guidebook.library().guides
    headings = (guides[slug] for slug in slugs if slug in guides)
    uses = Counter(slug for guide in guides.values() for slug in guide.figures)
    return [
        GuideCard(guide.slug, guide.title(lang), guide.summary(lang), _own_figure(guide, uses))
        for guide in headings
    ]


def _own_figure(guide: Guide, uses: Mapping[str, int]) -> DrawnFigure | None:
    """The drawing that only its card has, else the one of its text that the fewest other guides have.

    `uses`: in how many guides each is, by slug.
    """
    if guide.slug in DRAWN_CARDS:
        return DrawnFigure(f"storefront/cards/{guide.slug}.svg", 480, 190)
    drawings = [figure for figure in guide.figures.values() if not figure.slug.startswith(SIGN)]
    if not drawings:
        return None
    own = min(drawings, key=lambda figure: uses[figure.slug])
    part = guide.slug if guide.slug in CLOSE_UPS else ""
    return DrawnFigure(f"guidebook/drawings/{own.slug}.svg", *own.size, part)


def insert_card(slug: str, lang: str) -> InsertCard | None:
    insert = guidebook.library().inserts.get(slug)
    if insert is None:
        return None
    return InsertCard(
        insert.slug,
        insert.title(lang),
        insert.version,
        f"{insert.slug}@{insert.version}",
        insert.summary_statements(lang),
        _who_should_not(insert, lang),
        _maker(insert, lang),
        insert.label("example", lang) if insert.maker.example else "",
    )


def _who_should_not(insert: Insert, lang: str) -> WhoShouldNot:
    headings = guidebook.library().headings
    return WhoShouldNot(
        headings["never"][lang], insert.never(lang), headings["ask"][lang], insert.ask_first(lang)
    )


def _maker(insert: Insert, lang: str) -> list[tuple[str, str]]:
    """Manufacturer and EU responsible person: an offer must show both (Regulation (EU) 2023/988, art. 19)."""
    maker, answers = insert.maker.maker, insert.maker.responsible_person
    return [
        (insert.label("maker", lang), name_and_address(maker, lang)),
        (insert.label("responsible", lang), name_and_address(answers, lang)),
    ]


def has_insert(slug: str) -> bool:
    """Is there a safety insert of this slug? Without it a product that needs one can't be bought."""
    return slug in guidebook.library().inserts


def insert_cards(slugs: Iterable[str], lang: str) -> list[InsertCard]:
    """Each once, in the order of `slugs`; unknown ones are left out."""
    cards = (insert_card(slug, lang) for slug in dict.fromkeys(slugs))
    return [card for card in cards if card]


def who_should_not(cards: Sequence[InsertCard]) -> WhoShouldNot | None:
    """Of several inserts together, each statement once; None without inserts."""
    if not cards:
        return None
    lists = [card.who_should_not for card in cards]
    return replace(
        lists[0],
        never=_unique(one for own in lists for one in own.never),
        ask_first=_unique(one for own in lists for one in own.ask_first),
    )


def unique_warnings(cards: Iterable[InsertCard]) -> list[LocalizedStatement]:
    """The warnings of several inserts, each once: two materials share most of them."""
    return _unique(warning for card in cards for warning in card.warnings)


def _unique(statements: Iterable[LocalizedStatement]) -> list[LocalizedStatement]:
    return list({one.id: one for one in statements}.values())
