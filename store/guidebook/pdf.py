"""An insert as a PDF: A6 leaflet and A4 sheet, tagged PDF/UA-1, the same bytes whenever the words are the same.

WeasyPrint takes over a second to import, so this module is imported only when a PDF is asked for and not yet kept.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from store.guidebook import html, pdf_header_footer
from store.guidebook.languages import pick
from store.guidebook.records import Figure

if TYPE_CHECKING:
    from store.guidebook.inserts import Insert

HERE = Path(__file__).parent
_ONE_AT_A_TIME = Lock()  # building takes seconds of one core, and the still clock is the whole process's
SIZES = ("a6", "a4")
_SIGN = '<svg class="gb-alert".*?</svg>'
RECIPE = "weasyprint-70/6"  # a new way of setting type makes new files, never mixes with kept ones


def kept(insert: "Insert", lang: str, size: str) -> bytes:
    """The PDF from the data folder, made first if it is not there. Two makers at once write the same bytes."""
    if size not in SIZES:
        raise ValueError(f"There is no insert size {size!r}; choose one of {', '.join(SIZES)}.")
    lang = pick(lang)
    page = document(insert, lang, size)
    digest = hashlib.sha256((page + style(size) + RECIPE).encode()).hexdigest()[:16]
    file = Path(settings.DATA_DIR) / "inserts" / f"{insert.slug}-{insert.version}-{lang}-{size}-{digest}.pdf"
    if not file.exists():
        pictures = {f"figure:{slug}": drawing.svg for slug, drawing in insert.figures.items()}
        pictures |= {"qr:": qr(insert, lang), "sign:light": sign("#fff"), "sign:dark": sign("#1d1d1b")}
        _write(file, build(page, style(size), digest, pictures))
    return file.read_bytes()


def _write(file: Path, data: bytes) -> None:
    """Never a half-written insert: written beside, then renamed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as part:
        part.write(data)
    Path(name).replace(file)


def build(page: str, css: str, digest: str, pictures: Mapping[str, str]) -> bytes:
    """Bytes that depend on the words alone: no clock, no random id. Loads our fonts and pictures, nothing else."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Local(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            kind, _, name = url.partition(":")
            if kind == "font":
                return URLFetcherResponse(url, (HERE / "fonts" / Path(name).name).read_bytes())
            return URLFetcherResponse(url, pictures[url].encode(), {"Content-Type": "image/svg+xml"})

    fonts, local = FontConfiguration(), Local(fail_on_errors=True)
    sheet = CSS(string=css, font_config=fonts, url_fetcher=local)
    with _ONE_AT_A_TIME, _still_clock():
        made: bytes = HTML(string=page, url_fetcher=local, base_url="insert:").write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=bytes.fromhex(digest),
            finisher=pdf_header_footer.mark,
        )
    return made


@contextmanager
def _still_clock() -> Iterator[None]:
    """A font that is cut to size would carry the time of day; this is the way to ask for none."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def drawing(figure: Figure) -> bytes:
    """One figure on a page of its own size, from which the PNG is made."""
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', figure.svg)
    wide, high = (found[1], found[2]) if found else ("480", "320")
    css = (HERE / "insert.css").read_text(encoding="utf-8")
    css += f"@page {{ size: {wide}px {high}px; margin: 0; }} img {{ display: block; width: {wide}px; }}"
    head = f'<!doctype html><html lang="en"><title>{figure.slug}</title>'
    page = f'{head}<body><img src="figure:" alt="{figure.slug}"></body></html>'
    return build(page, css, "00" * 16, {"figure:": figure.svg})


def style(size: str) -> str:
    base = (HERE / "insert.css").read_text(encoding="utf-8")
    return base + (HERE / f"insert-{size}.css").read_text(encoding="utf-8")


def address(insert: "Insert", lang: str) -> str:
    """Where the QR code leads: this insert, this version, this language."""
    return f"{settings.PUBLIC_URL}/inserts/{insert.slug}/?{urlencode({'v': insert.version, 'lang': lang})}"


def qr(insert: "Insert", lang: str) -> str:
    """The QR code as an SVG drawing."""
    import segno

    drawn = segno.make(address(insert, lang), error="m", micro=False).svg_inline(border=2, omitsize=True)
    return str(drawn).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def sign(ink: str) -> str:
    """The safety alert sign, as on the page."""
    found = re.search(r"<svg.*</svg>", str(html.ALERT), re.DOTALL)
    return (
        found[0].replace("currentColor", ink).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        if found
        else ""
    )


def document(insert: "Insert", lang: str, size: str) -> str:
    return format_html(
        '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{kind}: {title} {version}</title>'
        '<meta name="author" content="{author}"><meta name="dcterms.created" content="{date}">'
        '<meta name="dcterms.modified" content="{date}"><meta name="description" content="{keep}"></head>'
        '<body class="{size}" data-foot="{title} · {version_label} {version} · {lang}">'
        '<header><img class="qr" src="qr:" alt="{scan}: {address}"><p class="kind">{kind}</p><h1>{title}</h1>'
        '<p class="keep">{keep}</p><p class="edition">{version_label} {version} · {date} · {language}</p>{marks}'
        '<p class="scan">{scan}</p></header>{body}{colophon}'
        "</body></html>",
        lang=lang,
        kind=insert.label("insert", lang),
        title=insert.title(lang),
        version=insert.version,
        version_label=insert.label("version", lang),
        author=insert.maker.maker["name"],
        date=insert.date,
        keep=insert.label("keep", lang),
        language=insert.label("language", lang),
        address=address(insert, lang),
        scan=insert.label("scan", lang),
        marks=_marks(insert, lang),
        size=size,
        body=_figures_as_images(insert, lang),
        colophon=html.colophon(insert, lang),
    )


def _marks(insert: "Insert", lang: str) -> SafeString:
    lines = [insert.label("example", lang)] if insert.maker.example else []
    lines += [insert.label("unsigned", lang)] if insert.signed_by is None else []
    return mark_safe("".join(format_html('<p class="gb-mark">{}</p>', line) for line in lines))  # noqa: S308


def _figures_as_images(insert: "Insert", lang: str) -> SafeString:
    """A PDF reader needs the text alternative on an image; the drawing is the same file as on the page."""
    page = str(html.render(insert.sections, lang))

    def image(match: re.Match[str]) -> str:
        drawing: Figure = insert.figures[match[1]]
        tag = format_html('<img src="figure:{}" alt="{}">', drawing.slug, drawing.alt(lang))
        return f'<figure class="gb-figure gb-figure-{drawing.slug}">{tag}<figcaption>'

    found = re.sub(
        r'<figure class="gb-figure gb-figure-([\w-]+)"><svg.*?</svg><figcaption>',
        image,
        page,
        flags=re.DOTALL,
    )
    # Beside its word the sign is decoration: as a background it is no figure without a text.
    return mark_safe(re.sub(_SIGN, "", found, flags=re.DOTALL))  # noqa: S308
