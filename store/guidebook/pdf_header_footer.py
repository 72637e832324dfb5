"""Page furniture of a PDF: what stands in the margin of each page is decoration there, and is not read out.

WeasyPrint marks the running line and the page number as content and leaves them out of the structure tree, which PDF/UA
forbids (ISO 14289-1, 7.1 and 7.8): all content is either in the tree or an artifact. Here they become artifacts.
"""

from collections.abc import Iterator
from typing import Any


def mark(document: Any, pdf: Any) -> None:
    """A WeasyPrint finisher: called with the document and the PDF that is about to be written."""
    del document
    root = _found(pdf, pdf.catalog["StructTreeRoot"])
    told = set(_below(pdf, root))
    numbers = _found(pdf, root["ParentTree"])["Nums"]
    for number, owners in zip(numbers[::2], numbers[1::2], strict=True):
        loose = {place for place, owner in enumerate(owners) if _key(owner) not in told}
        page = pdf.objects[
            pdf.pages["Kids"][3 * number]
        ]  # a reference is three entries: number, generation, R
        _release(_found(pdf, page["Contents"]).stream, loose)
        for place in loose:
            owners[place] = "null"


def _release(stream: list[Any], loose: set[int]) -> None:
    """A marked part is three entries: its tag, its properties, BDC."""
    for at, properties in enumerate(stream):
        if isinstance(properties, dict) and properties.get("MCID") in loose:
            stream[at - 1] = "/Artifact"
            properties.pop("MCID")
            properties["Type"] = "/Pagination"


def _below(pdf: Any, element: Any) -> Iterator[int]:
    kids = element.get("K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, bytes) and kid.endswith(b" R"):
            yield _key(kid)
            yield from _below(pdf, pdf.objects[_key(kid)])


def _key(reference: Any) -> int:
    return int(reference.split()[0]) if isinstance(reference, bytes) else -1


def _found(pdf: Any, reference: Any) -> Any:
    return pdf.objects[_key(reference)]
