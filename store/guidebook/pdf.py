"""An insert as PDF: "a6", the sheet that folds to A6, or "a4", the whole text.

Tagged PDF/UA-1, and identical bytes for identical text.

WeasyPrint takes over a second to import, so it is imported only when a PDF has to be built.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from store.guidebook import fold_out_sheet, html, pdf_header_footer
from store.guidebook.languages import address_in, date_text, supported_language
from store.guidebook.records import Figure, InsertRecord

HERE = Path(__file__).parent
_BUILD_LOCK = Lock()  # building takes seconds of CPU, and SOURCE_DATE_EPOCH is set for the whole process
SIZES = ("a6", "a4")
# The file of each insert that was asked for, so that not every mail renders the insert to find it. An insert is read
# anew when its files change: the same object has the same text.
_FILES: dict[tuple[int, str, str, str, str], tuple[InsertRecord, Path]] = {}
MAX_FILES = 100
_ALERT_SYMBOL_PATTERN = '<svg class="gb-alert".*?</svg>'
RENDERER_VERSION = "weasyprint-70/11"  # part of the cache key: raise it when the layout changes


def cached_pdf(insert: InsertRecord, lang: str, size: str) -> bytes:
    """The PDF from DATA_DIR/inserts, built first if missing. Concurrent builds write identical bytes.

    `size` is one of SIZES; raises ValueError for another.
    """
    if size not in SIZES:
        raise ValueError(f"There is no insert size {size!r}; choose one of {', '.join(SIZES)}.")
    lang = supported_language(lang)
    key = (id(insert), lang, size, settings.PUBLIC_URL, str(settings.DATA_DIR))
    known = _FILES.get(key)
    if known is not None and known[0] is insert and known[1].exists():
        return known[1].read_bytes()
    document = insert_html(insert, lang, size)
    digest = _digest(document, size)
    file = _file(insert, lang, size, digest)
    if not file.exists():
        _write(file, build(document, stylesheet(size), digest, pictures(insert, lang)))
    if len(_FILES) >= MAX_FILES:
        _FILES.clear()
    _FILES[key] = (insert, file)
    return file.read_bytes()


def is_built(insert: InsertRecord, lang: str, size: str) -> bool:
    """Whether `cached_pdf` answers at once."""
    return _file(insert, lang, size, _digest(insert_html(insert, lang, size), size)).exists()


def _digest(document: str, size: str) -> str:
    return hashlib.sha256((document + stylesheet(size) + RENDERER_VERSION).encode()).hexdigest()[:16]


def _file(insert: InsertRecord, lang: str, size: str, digest: str) -> Path:
    return Path(settings.DATA_DIR) / "inserts" / f"{insert.slug}-{insert.version}-{lang}-{size}-{digest}.pdf"


def pictures(insert: InsertRecord, lang: str) -> dict[str, str]:
    """URL -> SVG of every image of the document."""
    figures = [*insert.figures.values(), *insert.signs]
    return {f"figure:{figure.slug}": figure.svg for figure in figures} | {
        "qr:": qr_code_svg(insert, lang),
        "sign:light": alert_symbol_svg("#fff"),
        "sign:dark": alert_symbol_svg("#1d1d1b"),
    }


def _write(file: Path, data: bytes) -> None:
    """Write to a temporary file, then rename: readers never see a partial file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as part:
        part.write(data)
    Path(name).replace(file)


def url_fetcher(images: Mapping[str, str | bytes]) -> Any:
    """Loads only the bundled fonts ("font:<file>") and `images` (URL -> SVG or PNG); any other URL fails."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Local(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            kind, _, name = url.partition(":")
            if kind == "font":
                return URLFetcherResponse(url, (HERE / "fonts" / Path(name).name).read_bytes())
            if isinstance(image := images[url], bytes):
                return URLFetcherResponse(url, image, {"Content-Type": "image/png"})
            return URLFetcherResponse(url, image.encode(), {"Content-Type": "image/svg+xml"})

    return Local(fail_on_errors=True)


def build(document: str, css: str, digest: str, images: Mapping[str, str | bytes]) -> bytes:
    """Build a PDF that depends only on its input: no clock, no random id, nothing from outside."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), url_fetcher(images)
    sheet = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    with _BUILD_LOCK, _fixed_source_date():
        pdf: bytes = HTML(string=document, url_fetcher=fetcher, base_url="insert:").write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=bytes.fromhex(digest),
            finisher=pdf_header_footer.mark_margin_artifacts,
        )
    return pdf


@contextmanager
def _fixed_source_date() -> Iterator[None]:
    """Subset fonts would carry the current time; SOURCE_DATE_EPOCH=0 prevents that."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def figure_pdf(figure: Figure) -> bytes:
    """A one-page PDF with just the figure, from which the PNG is rendered."""
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', figure.svg)
    width, height = (found[1], found[2]) if found else ("480", "320")
    css = (HERE / "insert.css").read_text(encoding="utf-8")
    css += f"@page {{ size: {width}px {height}px; margin: 0; }} img {{ display: block; width: {width}px; }}"
    head = f'<!doctype html><html lang="en"><title>{figure.slug}</title>'
    document = f'{head}<body><img src="figure:" alt="{figure.slug}"></body></html>'
    return build(document, css, "00" * 16, {"figure:": figure.svg})


def stylesheet(size: str) -> str:
    """The print CSS: insert.css followed by the rules of the page size."""
    base = (HERE / "insert.css").read_text(encoding="utf-8")
    return base + (HERE / f"insert-{size}.css").read_text(encoding="utf-8")


def insert_url(insert: InsertRecord, lang: str) -> str:
    """The URL in the QR code: this insert, version and language."""
    page = address_in(f"/inserts/{insert.slug}/", lang)
    return f"{settings.PUBLIC_URL}{page}?{urlencode({'v': insert.version})}"


def qr_code_svg(insert: InsertRecord, lang: str) -> str:
    """The QR code of `insert_url` as SVG."""
    return qr_code(insert_url(insert, lang))


def qr_code(url: str) -> str:
    """The QR code of an address as SVG."""
    import segno

    svg = segno.make(url, error="m", micro=False).svg_inline(border=2, omitsize=True)
    return str(svg).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def alert_symbol_svg(ink: str) -> str:
    """The safety alert symbol of the web page as a stand-alone SVG in the color `ink`."""
    found = re.search(r"<svg.*</svg>", str(html.ALERT_SYMBOL), re.DOTALL)
    return (
        found[0].replace("currentColor", ink).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        if found
        else ""
    )


def insert_html(insert: InsertRecord, lang: str, size: str) -> str:
    """The HTML document from which the PDF is built; its images use the URLs of `build`'s `images`."""
    return _sheet_html(insert, lang) if size == "a6" else _whole_html(insert, lang, size)


def _sheet_html(insert: InsertRecord, lang: str) -> str:
    body = fold_out_sheet.sheet_body(insert, lang, address=insert_url(insert, lang))
    return format_html(
        '{}<body class="{}">{}</body></html>',
        _head(insert, lang),
        "" if fold_out_sheet.is_folded_twice(insert) else f"small {insert.mechanism}",
        _without_alert_symbols(body),
    )


def _head(insert: InsertRecord, lang: str) -> SafeString:
    return format_html(
        '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{kind}: {title} {version}</title>'
        '<meta name="author" content="{author}"><meta name="dcterms.created" content="{date}">'
        '<meta name="dcterms.modified" content="{date}"><meta name="description" content="{keep}"></head>',
        lang=lang,
        kind=insert.label("insert", lang),
        title=insert.title(lang),
        version=insert.version,
        author=insert.maker.maker["name"],
        date=insert.date,
        keep=insert.label("keep", lang),
    )


def _whole_html(insert: InsertRecord, lang: str, size: str) -> str:
    return format_html(
        '{head}<body class="{size}" data-foot="{title} · {version_label} {version} · {language}">'
        '<header><img class="qr" src="qr:" alt="{scan}: {address}"><p class="kind">{kind}</p><h1>{title}</h1>'
        '<p class="keep">{keep}</p><p class="edition">{version_label} {version} · {date} · {language}</p>'
        '<p class="scan">{scan}</p>{marks}</header>{body}{colophon}'
        "</body></html>",
        head=_head(insert, lang),
        lang=lang,
        kind=insert.label("insert", lang),
        title=insert.title(lang),
        version=insert.version,
        version_label=insert.label("version", lang),
        date=date_text(insert.date, lang),
        keep=insert.label("keep", lang),
        language=insert.label("language", lang),
        address=insert_url(insert, lang),
        scan=insert.label("scan", lang),
        marks=_status_marks(insert, lang),
        size=size,
        body=_without_alert_symbols(html.render(insert.sections, lang)),
        colophon=html.colophon(insert, lang),
    )


def _status_marks(insert: InsertRecord, lang: str) -> SafeString:
    lines = [insert.label("example", lang)] if insert.maker.example else []
    lines += [insert.label("unsigned", lang)] if insert.signed_by is None else []
    return mark_safe("".join(format_html('<p class="gb-mark">{}</p>', line) for line in lines))  # noqa: S308


def _without_alert_symbols(body: SafeString) -> SafeString:
    """Beside the signal word the symbol is decoration. It becomes a CSS background, since PDF/UA forbids a figure
    without alternative text."""
    return mark_safe(re.sub(_ALERT_SYMBOL_PATTERN, "", str(body), flags=re.DOTALL))  # noqa: S308
