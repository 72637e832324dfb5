"""What a product must have before it is published.

The insert of its material and mechanism in a language of the market, and a complete maker and responsible person
(Regulation (EU) 2023/988, art. 19).

Applies to products whose product type has the attribute `safety-insert`, which marks products that touch skin. Other
products, such as gift wrap, need none.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from store.guidebook.errors import GuidebookError
from store.guidebook.inserts import Insert
from store.guidebook.library import Library, library
from store.guidebook.mechanisms import mechanism_of_method
from store.guidebook.wording.merchant_text import EU

INSERT = "safety-insert"
MATERIAL = "material"
SUCTION_METHOD = "suction-method"
# Language -> countries where it is spoken. A country that is not listed passes the language check.
_SPOKEN_LANGUAGES = """
en: US GB IE MT AU NZ CA SG ZA   de: DE AT CH LI LU BE   es: ES MX AR CL CO PE UY PR
fr: FR BE LU CH CA   nl: NL BE   it: IT CH   pt: PT BR   da: DK   sv: SE FI   fi: FI   no: NO   is: IS   pl: PL
cs: CZ   sk: SK   hu: HU   ro: RO   bg: BG   el: GR CY   hr: HR   sl: SI   et: EE   lv: LV   lt: LT
"""


def _parse_spoken() -> dict[str, set[str]]:
    languages: dict[str, set[str]] = {}
    language = ""
    for word in _SPOKEN_LANGUAGES.split():
        if word.endswith(":"):
            language = word[:-1]
        else:
            languages.setdefault(word, set()).add(language)
    return languages


LANGUAGES_OF = _parse_spoken()


class Candidate(Protocol):
    """The product to publish, as `engine.catalog.publication` passes it; the guidebook may not import the engine."""

    @property
    def attribute_slugs(self) -> frozenset[str]: ...
    @property
    def choices(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def pages(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def country(self) -> str: ...


def missing_requirements(candidate: Candidate) -> list[str] | None:
    """What is missing, as texts for the merchant; None for a product that needs no insert."""
    if INSERT not in candidate.attribute_slugs:
        return None
    try:
        guidebook = library()
    except GuidebookError as error:
        return [f"The guides can't be read, so nothing can be published: {error}"]
    return [*_check_insert(candidate, guidebook), *_check_maker(candidate.country, guidebook)]


def _check_insert(candidate: Candidate, guidebook: Library) -> Iterator[str]:
    slug = next(iter(candidate.pages.get(INSERT, ())), None)
    if slug is None:
        yield "It has no published safety insert. Choose one in the attribute Safety insert, and publish its page."
        return
    insert = guidebook.inserts.get(slug)
    if insert is None:
        yield f"There is no insert {slug} in guides/. There are: {', '.join(guidebook.inserts)}."
        return
    yield from _check_material(candidate, insert, guidebook)
    yield from _check_mechanism(candidate, insert, guidebook)
    spoken = LANGUAGES_OF.get(candidate.country)
    if spoken and not spoken & set(guidebook.languages):
        names = " or ".join(sorted(spoken))
        yield (
            f"The insert {slug} is not written in a language of {candidate.country} ({names})."
            " Add the language to guides/ first."
        )


def _check_material(candidate: Candidate, insert: Insert, guidebook: Library) -> Iterator[str]:
    for material in candidate.choices.get(MATERIAL, ()):
        if material.lower() != insert.material:
            matching = guidebook.insert_for(material)
            advice = f"Choose {matching.slug}." if matching else "guides/ has none for this material yet."
            yield f"It is made of {material.lower()}, but {insert.slug} is the insert for {insert.material}. {advice}"


def _check_mechanism(candidate: Candidate, insert: Insert, guidebook: Library) -> Iterator[str]:
    for name in candidate.choices.get(SUCTION_METHOD, ()):
        mechanism = mechanism_of_method(name)
        if mechanism is not None and mechanism != insert.mechanism:
            matching = guidebook.insert_for(insert.material, mechanism)
            advice = f"Choose {matching.slug}." if matching else "guides/ has none for it yet."
            yield f"Its suction is made by “{name}”, which {insert.slug} does not explain. {advice}"


def _check_maker(country: str, guidebook: Library) -> Iterator[str]:
    maker = guidebook.maker
    blocks = {"maker": (maker.maker, ("name", "address", "email"))}
    if country in EU:
        blocks["responsible_person"] = (maker.responsible_person, ("name", "address", "email"))
    for name, (details, keys) in blocks.items():
        if missing := [key for key in keys if not str(details.get(key, "")).strip()]:
            problem = f"guides/maker.toml lacks {', '.join(missing)} in [{name}]"
            yield f"{problem}. An offer must show it (EU 2023/988, art. 19)."
