"""Errors of the guidebook; their messages address the person who edits guides/."""

from pathlib import Path


class GuidebookError(Exception):
    """A file in guides/ is invalid: file, line (1-based), the problem and how to correct it."""

    def __init__(self, *, file: Path, line: int, problem: str, remedy: str) -> None:
        self.file, self.line, self.problem, self.remedy = file, line, problem, remedy
        super().__init__(f"{file}, line {line}: {problem} {remedy}")


class UnknownVersion(LookupError):
    """No such version of the insert was published; `known` lists the published ones."""

    def __init__(self, *, slug: str, version: str, known: tuple[str, ...]) -> None:
        self.slug, self.version, self.known = slug, version, known
        super().__init__(f"{slug} has no version {version}. Published: {', '.join(known)}.")
