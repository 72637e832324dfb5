"""The texts of the mails: guides/emails/<language>/<name>.md (front matter and Markdown) and phrases.yaml.

Errors name path, line and remedy; `manage.py check` finds them before a mail is sent.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

REQUIRED = ("subject", "preheader")
FALLBACK = "en"


class MailTextError(Exception):
    """A mail text file is missing or invalid; `line` is 1-based."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path, self.line, self.problem = path, line, problem


@dataclass(frozen=True, slots=True)
class MailSource:
    name: str
    lang: str
    subject: str
    preheader: str
    body: str


def texts_folder() -> Path:
    return Path(settings.GUIDES_DIR) / "emails"


def names(lang: str) -> list[str]:
    return sorted(path.stem for path in (texts_folder() / lang).glob("*.md"))


def load(name: str, lang: str) -> MailSource:
    """The text of a mail. Raises MailTextError."""
    path = f"{settings.GUIDES_DIR}/emails/{lang}/{name}.md"
    return _source(path, _changed_at(path))


def phrases(lang: str) -> Mapping[str, str]:
    """Labels, footer texts and the texts of the unsubscribe page. Raises MailTextError."""
    path = f"{settings.GUIDES_DIR}/emails/{lang}/phrases.yaml"
    return _phrases(path, _changed_at(path))


def _changed_at(path: str) -> tuple[int, int]:
    """Time of change and size: by them a changed file is read again."""
    try:
        found = os.stat(path)  # noqa: PTH116  asked three times for each mail
    except FileNotFoundError:
        missing = "this file is missing; write it, or take the language out"
        raise MailTextError(Path(path), 1, missing) from None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=256)
def _source(file: str, _version: tuple[int, int]) -> MailSource:
    path, text = Path(file), Path(file).read_text(encoding="utf-8")
    if not text.startswith("---\n") or "\n---\n" not in text[3:]:
        raise MailTextError(path, 1, "begin the file with a block between two lines of three dashes")
    head, _, body = text[4:].partition("\n---\n")
    meta = _yaml(path, head, first_line=2)
    for key in REQUIRED:
        if not isinstance(meta.get(key), str) or not meta[key].strip():
            raise MailTextError(path, 2, f"the block between the dashes needs a line `{key}: …`")
    return MailSource(path.stem, path.parent.name, meta["subject"], meta["preheader"], body.strip() + "\n")


@lru_cache(maxsize=16)
def _phrases(file: str, _version: tuple[int, int]) -> Mapping[str, str]:
    path = Path(file)
    found = _yaml(path, path.read_text(encoding="utf-8"), first_line=1)
    for key, value in found.items():
        if not isinstance(value, str):
            raise MailTextError(path, 1, f"`{key}` must be a text; put it in quotes")
    return found


def _yaml(path: Path, text: str, *, first_line: int) -> dict[str, Any]:
    try:
        found = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else first_line
        raise MailTextError(
            path, line, f"{error.problem}; write `name: text`, in quotes if it has a colon"
        ) from None
    if not isinstance(found, dict):
        raise MailTextError(path, first_line, "write lines of `name: text`")
    return found
