"""What a product needs from the guidebook before it is sold: the insert of its material, in a language of the market,
and the names of who answers for it (Regulation (EU) 2023/988, art. 19).

A product is held to this when its product type has the attribute `safety-insert`: that is how the catalogue says "this
touches skin". Anything else, such as a gift wrap, is sold without.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from store.guidebook.errors import GuidebookError
from store.guidebook.inserts import Insert
from store.guidebook.library import Library, library
from store.guidebook.wording.merchant_text import EU

INSERT = "safety-insert"
MATERIAL = "material"
# What is spoken where; a country that is not here is not judged.
_SPOKEN = """
en: US GB IE MT AU NZ CA SG ZA   de: DE AT CH LI LU BE   es: ES MX AR CL CO PE UY PR
fr: FR BE LU CH CA   nl: NL BE   it: IT CH   pt: PT BR   da: DK   sv: SE FI   fi: FI   no: NO   is: IS   pl: PL
cs: CZ   sk: SK   hu: HU   ro: RO   bg: BG   el: GR CY   hr: HR   sl: SI   et: EE   lv: LV   lt: LT
"""


def _spoken() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    language = ""
    for word in _SPOKEN.split():
        if word.endswith(":"):
            language = word[:-1]
        else:
            found.setdefault(word, set()).add(language)
    return found


LANGUAGES_OF = _spoken()


class Candidate(Protocol):
    """What is to be published: see `engine.catalog.publishing`, which we do not know."""

    @property
    def asks(self) -> frozenset[str]: ...
    @property
    def choices(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def pages(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def country(self) -> str: ...


def complaints(candidate: Candidate) -> list[str] | None:
    """What is missing, and what to do. None for a product that is not held to have an insert."""
    if INSERT not in candidate.asks:
        return None
    try:
        found = library()
    except GuidebookError as broken:
        return [f"The guides can't be read, so nothing can be published: {broken}"]
    return [*_about_insert(candidate, found), *_about_maker(candidate.country, found)]


def _about_insert(candidate: Candidate, found: Library) -> Iterator[str]:
    slug = next(iter(candidate.pages.get(INSERT, ())), None)
    if slug is None:
        yield "It has no published safety insert. Choose one in the attribute Safety insert, and publish its page."
        return
    insert = found.inserts.get(slug)
    if insert is None:
        yield f"There is no insert {slug} in guides/. There are: {', '.join(found.inserts)}."
        return
    yield from _about_material(candidate, insert, found)
    spoken = LANGUAGES_OF.get(candidate.country)
    if spoken and not spoken & set(found.languages):
        wanted = " or ".join(sorted(spoken))
        yield (
            f"The insert {slug} is not written in a language of {candidate.country} ({wanted})."
            " Add the language to guides/ first."
        )


def _about_material(candidate: Candidate, insert: Insert, found: Library) -> Iterator[str]:
    for material in candidate.choices.get(MATERIAL, ()):
        if material.lower() != insert.material:
            right = found.insert_for(material)
            what = f"Choose {right.slug}." if right else "guides/ has none for this material yet."
            yield f"It is made of {material.lower()}, but {insert.slug} is the insert for {insert.material}. {what}"


def _about_maker(country: str, found: Library) -> Iterator[str]:
    block = found.maker
    needed = {"maker": (block.maker, ("name", "address", "email"))}
    if country in EU:
        needed["responsible_person"] = (block.responsible_person, ("name", "address", "email"))
    for name, (said, keys) in needed.items():
        if missing := [key for key in keys if not str(said.get(key, "")).strip()]:
            lacking = f"guides/maker.toml lacks {', '.join(missing)} in [{name}]"
            yield f"{lacking}. An offer must show it (EU 2023/988, art. 19)."
