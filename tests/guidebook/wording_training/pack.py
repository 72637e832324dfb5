"""Writes what the patterns of the rules need into store/guidebook/wording/needed_strings: part of `make wording`."""

from store.guidebook.languages import LANGUAGES
from store.guidebook.wording.frames import frames
from store.guidebook.wording.lexicon import lexicon
from store.guidebook.wording.packed_needs import write_needs


def expressions(language: str) -> list[str]:
    return [*lexicon(language).index.expressions, *frames(language).index.expressions]


if __name__ == "__main__":
    for language in LANGUAGES:
        write_needs(language, expressions(language))
