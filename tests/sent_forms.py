"""What a browser would send of a form of a page, if nothing were typed."""

from collections.abc import Sequence
from html.parser import HTMLParser

NOT_SENT = ("file", "submit", "button", "reset", "image")
Attributes = Sequence[tuple[str, str | None]]


def sent_form(page: str, field: str) -> dict[str, list[str]]:
    """The values by name of the page's form that has `field`."""
    reader = _FormReader()
    reader.feed(page)
    (found,) = (form for form, names in reader.forms if field in names)
    return found


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, list[str]], set[str]]] = [({}, set())]  # values, names of all fields
        self._select, self._text = "", ""

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        given = {name: value or "" for name, value in attributes}
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "form":
            self.forms.append(({}, set()))
        elif tag == "select":
            self._select = name
            self.forms[-1][1].add(name)
        elif tag == "option" and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._text = name
            self._add(name, "")
        elif tag == "input" and name and kind not in NOT_SENT:
            self.forms[-1][1].add(name)
            if kind not in ("checkbox", "radio") or "checked" in given:
                self._add(name, given.get("value", "on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            values = self.forms[-1][0][self._text]
            values[-1] = values[-1].removeprefix("\r").removeprefix("\n")
            self._text = ""
        elif tag == "form":
            self.forms.append(({}, set()))

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1][0][self._text][-1] += data

    def _add(self, name: str, value: str) -> None:
        values, names = self.forms[-1]
        names.add(name)
        values.setdefault(name, []).append(value)
