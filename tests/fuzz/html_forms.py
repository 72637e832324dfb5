"""Reads the forms and links of a page, and fills forms with what is there or with hostile values."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.fuzz import hostile_values

HOSTILE = 0.4  # of the fields


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class PageReader(HTMLParser):
    def __init__(self, address: str, page: str) -> None:
        super().__init__()
        self.address, self.forms, self.links = address, [Form(address, "get")], set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = urljoin(self.address, given.get("action", ""))
            self.forms.append(Form(action, given.get("method", "get").lower()))
        elif tag in ("input", "select", "textarea", "button", "option") and given.get("name"):
            self.forms[-1].fields.append((given["name"], given.get("value", "")))
        elif tag == "a" and given.get("href"):
            link = urldefrag(urljoin(self.address, given["href"]))[0]
            if not urlsplit(link).netloc:
                self.links.add(link)


def filled(form: Form, random: Random) -> dict[str, list[str]]:
    """The fields as they are, or hostile, left out, or given twice."""
    values: dict[str, list[str]] = {}
    for name, value in form.fields:
        if random.random() < HOSTILE and name != "csrfmiddlewaretoken":
            choice = random.randrange(8)
            if choice == 0:
                continue
            values.setdefault(name, []).append(_text(random))
            if choice > 1:
                continue
        values.setdefault(name, []).append(value)
    if random.random() < 0.2:
        values[_text(random)[:30] or "x"] = [_text(random)]
    return values


def _text(random: Random) -> str:
    """A form can't carry half a character: the bytes that stand for it become U+FFFD."""
    return hostile_values.text(random).encode(errors="replace").decode()
