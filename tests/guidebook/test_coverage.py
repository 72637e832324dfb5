"""Every fact that must reach a reader does; no blocked claim does; each conflict is resolved as written."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.guidebook import evidence
from store.guidebook.library import Library
from store.guidebook.mechanisms import CUP_MECHANISMS, Mechanism
from store.guidebook.records import Statement
from store.guidebook.wording import Finding, check, check_html

GUIDES = [
    "first-session",
    "glutes",
    "lower-back",
    "back",
    "hips",
    "hamstrings",
    "silicone-squeeze",
    "plastic-pump",
    "glass-bulb-or-valve",
    "moving-and-parked-cups",
    "aftercare",
    "marks",
    "care-silicone",
    "care-plastic",
    "care-glass",
    "heat-and-cold",
    "when-to-see-a-doctor",
    "choosing-a-set",
    "faq",
]
INSERTS = {
    "silicone-cups": ("silicone", Mechanism.SQUEEZE),
    "glass-cups": ("glass", Mechanism.BULB),
    "glass-valve-cups": ("glass", Mechanism.VALVE),
    "plastic-cups": ("plastic", Mechanism.VALVE),
    "massage-oil": ("oil", Mechanism.OIL),
    "spare-parts": ("spare-part", Mechanism.SPARE_PART),
}
CUP_INSERTS = tuple(slug for slug, (_, mechanism) in INSERTS.items() if mechanism in CUP_MECHANISMS)


def printed(guide_library: Library) -> dict[str, Statement]:
    documents = [*guide_library.guides.values(), *guide_library.inserts.values()]
    return {id_: s for document in documents for id_, s in document.statements.items()}


def outlets(guide_library: Library, lang: str) -> Iterator[tuple[str, str]]:
    for document in [*guide_library.guides.values(), *guide_library.inserts.values()]:
        yield document.slug, document.text(lang)


def test_all_guides_and_inserts_are_there(guide_library: Library) -> None:
    assert sorted(guide_library.guides) == sorted(GUIDES)
    found = {slug: (insert.material, insert.mechanism) for slug, insert in guide_library.inserts.items()}
    assert found == INSERTS
    assert guide_library.languages == ("en", "de", "es")


def test_there_are_105_facts_and_each_that_must_reaches_a_reader(guide_library: Library) -> None:
    assert len(guide_library.facts) == 105
    carried = {name for s in printed(guide_library).values() for name in s.sources}
    assert [f.id for f in guide_library.facts.values() if f.must_be_published and f.id not in carried] == []


def test_no_blocked_fact_is_named_by_anything_printed(guide_library: Library) -> None:
    blocked = {f.id for f in guide_library.facts.values() if not f.must_be_published}
    assert blocked == {"F-047", "F-053", "F-060b", "F-134", "F-190", "F-191", "F-192"}
    assert [s.id for s in printed(guide_library).values() if blocked & set(s.sources)] == []


def test_every_statement_reaches_a_reader(guide_library: Library) -> None:
    check_only = {"SC-HOWTO", "SC-PRIVATE", "SC-NEVER", "SC-ASK", "SC-HELPER", "SC-READ"}
    assert set(guide_library.statements) - set(printed(guide_library)) == check_only


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_no_outlet_makes_a_claim(guide_library: Library, lang: str) -> None:
    for document in [*guide_library.guides.values(), *guide_library.inserts.values()]:
        assert named(check_html(document.html(lang), lang=lang)) == [], document.slug
        assert named(check(document.text(lang), lang=lang)) == [], document.slug
        assert named(check(document.title(lang), lang=lang)) == []
    for guide in guide_library.guides.values():
        assert named(check(guide.summary(lang), lang=lang)) == []


def named(findings: list[Finding]) -> list[Finding]:
    """Without "a person has to read this" (T3): a person signs the guides."""
    return [finding for finding in findings if finding.claim != "T3"]


def test_every_conflict_is_printed_and_nothing_it_forbids(guide_library: Library) -> None:
    assert list(guide_library.conflicts) == [f"B{n}" for n in range(1, 17)]
    printed_statements = printed(guide_library)
    for conflict in guide_library.conflicts.values():
        assert set(conflict.carried_by) <= set(printed_statements), conflict.id
        for pattern in conflict.never:
            for statement in (s for s in printed_statements.values() if s.id not in conflict.exempt):
                for text in statement.texts.values():
                    assert not re.search(pattern, text.lower()), (conflict.id, statement.id, text)


def test_limits_of_the_conflicts_are_the_strict_ones(guide_library: Library) -> None:
    values = {name: limit.value for name, limit in guide_library.limits.items()}
    assert values["minutes_first"] == 5
    assert values["minutes_max"] == 10
    assert values["minutes_parked"] == 5
    assert values["times_week"] == 2
    assert values["days_between"] == 3
    assert values["wait_hours"] == 6
    assert values["flare_hours"] == 48
    assert (values["pulls_first"], values["pulls_max"]) == (1, 3)
    named = {name for conflict in guide_library.conflicts.values() for name in conflict.limits}
    assert named <= set(values)


def test_no_number_of_a_limit_is_written_by_hand() -> None:
    root = Path(__file__).resolve().parents[2] / "guides" / "statements"
    number_with_unit = re.compile(
        r"\b\d+ (?:minutes?|hours?|days?|times?|weeks?|Minuten|Stunden|Tagen?|Mal|Wochen|minutos|horas|días|veces)"
    )
    allowed = ("24 to 48", "24 bis 48", "24 a 48")  # HC-ICE tells what people do, it sets no limit
    found = [
        line
        for file in sorted(root.glob("*.toml"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line[:3] in {"en ", "de ", "es "}
        and number_with_unit.search(line)
        and not any(a in line for a in allowed)
    ]
    assert found == []


def test_oil_comes_after_washing_and_drying(guide_library: Library) -> None:
    order = guide_library.conflicts["B2"].order
    for document in [*guide_library.guides.values(), *guide_library.inserts.values()]:
        for section in document.sections:
            found = [s.id for s in section.statements if s.id in order]
            if len(found) == len(order):
                assert tuple(found) == order, document.slug


def test_there_is_no_guide_for_what_must_not_be_sold_for(guide_library: Library) -> None:
    assert not set(guide_library.guides) & set(guide_library.conflicts["B13"].no_slug)


def test_each_guide_repeats_the_never_list_in_full(guide_library: Library) -> None:
    never = {
        s.id
        for s in guide_library.statements.values()
        if s.tier == "N" and s.kind == "contraindication" and not s.materials
    }
    assert len(never) == 15
    for guide in guide_library.guides.values():
        assert never <= set(guide.statements), guide.slug


def test_every_cup_insert_has_all_that_the_issue_asks_for(guide_library: Library) -> None:
    keys = [
        "warnings",
        "never",
        "stop",
        "ask",
        "helper",
        "cautions",
        "sites",
        "limits",
        "use",
        "release",
        "red-now",
        "red-doctor",
        "effects",
        "first-aid",
        "after",
        "cleaning",
        "storage",
        "wear",
        "disposal",
    ]
    for slug in CUP_INSERTS:
        found = [section.key for section in guide_library.inserts[slug].sections]
        assert [key for key in found if key not in {"what", "bulb", "valve", "gliding"}] == keys


def test_an_insert_never_tells_of_another_material_or_mechanism(guide_library: Library) -> None:
    for insert in guide_library.inserts.values():
        for statement in insert.statements.values():
            assert statement.applies_to((insert.material,), (insert.mechanism,)), (insert.slug, statement.id)


def test_a_cup_with_a_pump_warns_of_it_and_a_cup_without_does_not(guide_library: Library) -> None:
    warned = {slug for slug, insert in guide_library.inserts.items() if "W-PUMP" in insert.statements}
    assert warned == {"plastic-cups", "glass-valve-cups"}
    for insert in guide_library.inserts.values():
        has_pump = {"PU-PULL", "L-PUMP"} <= set(insert.statements)
        assert has_pump == (insert.mechanism is Mechanism.VALVE), insert.slug
        assert ("GB-SQUEEZE" in insert.statements) == (insert.mechanism is Mechanism.BULB), insert.slug


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_every_cup_insert_gives_both_lists_of_contraindications_whole(
    guide_library: Library, lang: str
) -> None:
    listed = {
        tier: [s.text(lang) for s in guide_library.statements.values() if s.tier == tier and not s.materials]
        for tier in "ND"
    }
    for slug in CUP_INSERTS:
        insert = guide_library.inserts[slug]
        assert [s.text for s in insert.never(lang)] == listed["N"]
        assert [s.text for s in insert.ask_first(lang)] == listed["D"]
    oil, spare = guide_library.inserts["massage-oil"], guide_library.inserts["spare-parts"]
    assert [s.id for s in oil.never(lang)] == ["CI-OIL-ALLERGY", "CI-OIL-CHILD"]
    assert [*oil.ask_first(lang), *spare.never(lang), *spare.ask_first(lang)] == []


def test_the_mechanism_of_a_product_follows_from_its_insert(guide_library: Library) -> None:
    assert guide_library.mechanism_of("glass-valve-cups") is Mechanism.VALVE
    assert guide_library.mechanism_of("bamboo-cups") is None


def test_bladder_loss_is_an_emergency_not_a_visit(guide_library: Library) -> None:
    assert guide_library.statements["RF-BLADDER"].urgency == "now"
    for slug in CUP_INSERTS:
        section = next(s for s in guide_library.inserts[slug].sections if s.key == "red-now")
        assert [s.id for s in section.statements][-1] == "RF-NOW-ACT"
        assert "RF-BLADDER" in [s.id for s in section.statements]


def test_the_lower_back_guide_opens_with_the_red_flags(guide_library: Library) -> None:
    assert guide_library.guides["lower-back"].sections[0].key == "red-now"


def test_the_claims_table_says_what_to_say_instead(guide_library: Library) -> None:
    classes = [f"C{n}" for n in range(1, 23)] + [f"H{n}" for n in range(1, 13)] + ["T1", "T2", "T3"]
    assert list(guide_library.claims) == classes
    for claim in guide_library.claims.values():
        assert set(claim.instead) <= set(printed(guide_library)), claim.id


def test_the_table_to_sign_from_is_up_to_date(guide_library: Library) -> None:
    stored = Path(__file__).resolve().parents[2] / "docs" / "insert-evidence.md"
    assert stored.read_text(encoding="utf-8") == evidence.render_table(guide_library)
