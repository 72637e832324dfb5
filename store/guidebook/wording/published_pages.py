"""The claims on the shop's rendered pages. `store.wiring` passes the pages in: the guidebook imports no shop code."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from store.guidebook.wording.lint import Finding
from store.guidebook.wording.merchant_text import check_block
from store.guidebook.wording.normalization import clean, visible_text
from store.guidebook.wording.sentences import paragraphs

# Yields (path, language or None if it is to be guessed, HTML markup).
PageSource = Callable[[], Iterator[tuple[str, str | None, str]]]
WaiverCheck = Callable[[Finding], bool]


@dataclass(frozen=True, slots=True)
class PublishedClaim:
    """A claim on a page; `kept` when a person stands by the sentence."""

    page: str
    finding: Finding
    waived: bool


def _no_pages() -> Iterator[tuple[str, str | None, str]]:
    yield from ()


def _no_waivers(finding: Finding) -> bool:
    return False


_pages: PageSource = _no_pages
_is_waived: WaiverCheck = _no_waivers


def configure(pages: PageSource, is_waived: WaiverCheck = _no_waivers) -> None:
    """Set where the rendered pages come from and which findings are waived; `store.wiring` calls this at start-up."""
    global _pages, _is_waived
    _pages, _is_waived = pages, is_waived


def claims(market: str | None = None) -> Iterator[PublishedClaim]:
    """Every claim on every page, waived ones included; all markets if `market` is None."""
    for page, lang, markup in _pages():
        for block, _ in paragraphs(clean(visible_text(markup))):
            for finding in check_block(block, lang):
                if market is None or market in finding.markets:
                    yield PublishedClaim(page, finding, _is_waived(finding))
