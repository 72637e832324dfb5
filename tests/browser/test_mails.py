"""Every mail in Chromium, light and dark, phone and desktop: legible, inside the window, pictures shown.

With MAIL_SCREENSHOTS=folder each is also saved there, to be looked at.
"""

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from store.mailer.mail_classes import Kind
from store.mailer.message import Mail
from tests.mailer.test_mail_texts import EVERY, compose_mail

pytestmark = pytest.mark.django_db
WIDTHS = (320, 800)
# The ratio of WCAG 2.2, 1.4.3, of each piece of text against the nearest background above it.
LOW_CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = c => { const [r, g, b] = parse(c).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const background = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (parse(c)[3] !== 0) return c; } return 'rgb(255, 255, 255)'; };
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) { const text = walker.currentNode.textContent.trim(), e = walker.currentNode.parentElement;
    if (!text || !e.getClientRects().length || ['STYLE', 'TITLE', 'SCRIPT'].includes(e.tagName)) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(background(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(1)}: ${text.slice(0, 60)}`); }
  return found; }"""


def standalone(mail: Mail) -> str:
    """The HTML part with its inline pictures as data URLs."""
    html = mail.html
    for picture in mail.pictures:
        data = base64.b64encode(picture.content).decode()
        html = html.replace(f'"cid:{picture.name}"', f'"data:image/png;base64,{data}"')
    return html


@EVERY
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_legible_and_fits(kind: Kind, about: str, lang: str, theme: Any, chromium: Browser) -> None:
    mail = compose_mail(kind, about, lang)
    context = chromium.new_context(color_scheme=theme)
    page = context.new_page()
    page.set_content(standalone(mail))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("MAIL_SCREENSHOTS"):
            name = f"{kind}-{about or 'x'}-{lang}-{theme}-{width}.png"
            page.screenshot(path=Path(folder) / name, full_page=True)
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate("[...document.images].every(i => i.naturalWidth > 0 && i.alt)")
    context.close()
