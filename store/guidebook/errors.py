"""What can be wrong with guides/, told to the person who edits it."""

from pathlib import Path


class GuidebookError(Exception):
    """A file in guides/ cannot be used: which one, where, why, and what to do."""

    def __init__(self, *, file: Path, line: int, problem: str, remedy: str) -> None:
        self.file, self.line, self.problem, self.remedy = file, line, problem, remedy
        super().__init__(f"{file}, line {line}: {problem} {remedy}")


class UnknownVersion(LookupError):
    """Nobody ever published this version of the insert."""

    def __init__(self, *, slug: str, version: str, known: tuple[str, ...]) -> None:
        self.slug, self.version, self.known = slug, version, known
        super().__init__(f"{slug} has no version {version}. Published: {', '.join(known)}.")
