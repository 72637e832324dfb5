"""The words that the shop shows today, page by page as rendered. `wiring` hands the pages in: we know no shop."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from store.guidebook.wording.lint import Finding
from store.guidebook.wording.merchant_text import in_block
from store.guidebook.wording.normalization import clean, visible
from store.guidebook.wording.sentences import paragraphs

# What a page is called, its language (None: to be guessed), and its markup.
Pages = Callable[[], Iterator[tuple[str, str | None, str]]]
Kept = Callable[[Finding], bool]


@dataclass(frozen=True, slots=True)
class Said:
    """A claim on a page; `kept` when a person stands by the sentence."""

    page: str
    finding: Finding
    kept: bool


def _no_pages() -> Iterator[tuple[str, str | None, str]]:
    yield from ()


def _nobody(finding: Finding) -> bool:
    return False


_pages: Pages = _no_pages
_kept: Kept = _nobody


def use(pages: Pages, kept: Kept = _nobody) -> None:
    global _pages, _kept
    _pages, _kept = pages, kept


def claims(market: str | None = None) -> Iterator[Said]:
    """Every claim on every page, with those that somebody keeps."""
    for page, lang, markup in _pages():
        for block, _ in paragraphs(clean(visible(markup))):
            for one in in_block(block, lang):
                if market is None or market in one.markets:
                    yield Said(page, one, _kept(one))
