"""Marks running footers and page numbers of a PDF as artifacts, so that screen readers skip them.

WeasyPrint marks them as content and leaves them out of the structure tree, which PDF/UA forbids (ISO 14289-1, 7.1 and
7.8): all content is either in the tree or an artifact.
"""

from collections.abc import Iterator
from typing import Any


def mark_margin_artifacts(document: Any, pdf: Any) -> None:
    """A WeasyPrint finisher: called with the document and the PDF just before it is written."""
    del document
    root = _resolve(pdf, pdf.catalog["StructTreeRoot"])
    in_tree = set(_descendants(pdf, root))
    numbers = _resolve(pdf, root["ParentTree"])["Nums"]
    for number, owners in zip(numbers[::2], numbers[1::2], strict=True):
        untagged = {mcid for mcid, owner in enumerate(owners) if _object_number(owner) not in in_tree}
        page = pdf.objects[
            pdf.pages["Kids"][3 * number]
        ]  # a reference is three entries: number, generation, R
        _mark_as_artifact(_resolve(pdf, page["Contents"]).stream, untagged)
        for mcid in untagged:
            owners[mcid] = "null"


def _mark_as_artifact(stream: list[Any], untagged: set[int]) -> None:
    """A marked-content sequence begins with three entries: tag, properties, the operator BDC."""
    for index, properties in enumerate(stream):
        if isinstance(properties, dict) and properties.get("MCID") in untagged:
            stream[index - 1] = "/Artifact"
            properties.pop("MCID")
            properties["Type"] = "/Pagination"


def _descendants(pdf: Any, element: Any) -> Iterator[int]:
    kids = element.get("K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, bytes) and kid.endswith(b" R"):
            yield _object_number(kid)
            yield from _descendants(pdf, pdf.objects[_object_number(kid)])


def _object_number(reference: Any) -> int:
    return int(reference.split()[0]) if isinstance(reference, bytes) else -1


def _resolve(pdf: Any, reference: Any) -> Any:
    return pdf.objects[_object_number(reference)]
