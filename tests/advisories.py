"""`python -m tests.advisories` (`make audit`): known weaknesses of the packages that the shop is run with.

Asks each source that pip-audit knows about the pinned versions of requirements/core.txt. Exit code 1 when one has a
known weakness. Where no source answers, as on a machine without that network, it says so and passes: then nobody has
looked, and the line in the log says that too.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-audit"
SOURCES = ("pypi", "osv")


def main() -> int:
    if not (VENV / ".audit").exists() and _install():
        print("The advisories are not looked up: pip-audit can't be installed here.")
        return 0
    lock = (ROOT / "requirements" / "core.txt").read_text()
    for source in SOURCES:
        if not _known(source, first_package(lock)):  # one question tells whether the others are worth asking
            continue
        if known := _known(source, lock):
            found = list(weaknesses(known))
            print("\n".join(found) or f"{len(known)} packages, none with a known weakness ({source}).")
            return 1 if found else 0
    print("The advisories are not looked up: no source of them can be reached from here.")
    return 0


def _install() -> int:
    command = [sys.executable, str(ROOT / "requirements" / "install.py"), str(VENV), "audit"]
    return subprocess.call(command)


def _known(source: str, lock: str) -> list[dict[str, object]]:
    """The packages that the source knows."""
    return [one for one in ask(source, lock) if "vulns" in one]


def first_package(lock: str) -> str:
    """The first package of a lock file, with its hashes."""
    begin, *others = re.finditer(r"^\S+==", lock, re.MULTILINE)
    return lock[begin.start() : others[0].start() if others else len(lock)]


def ask(source: str, lock: str) -> list[dict[str, object]]:
    """What the source says of each package of a lock file's text: `vulns` or why not; [] if it doesn't answer."""
    with tempfile.TemporaryDirectory() as folder:
        report, requirements = Path(folder) / "report.json", Path(folder) / "requirements.txt"
        requirements.write_text(lock)
        command = [
            *(VENV / "bin" / "pip-audit", "--requirement", requirements, "--require-hashes", "--disable-pip"),
            *("--vulnerability-service", source, "--timeout", "5", "--progress-spinner", "off"),
            *("--format", "json", "--output", report),
        ]
        subprocess.run([str(part) for part in command], capture_output=True, check=False)
        if not report.exists():
            return []
        answers: list[dict[str, object]] = json.loads(report.read_text())["dependencies"]
        return answers


def weaknesses(answers: list[dict[str, object]]) -> list[str]:
    """A line for each known weakness: package, version, its name, and the version that mends it."""
    lines = []
    for answer in answers:
        for weakness in answer["vulns"]:  # type: ignore[attr-defined]
            mended = ", ".join(weakness["fix_versions"]) or "none yet"
            lines.append(f"{answer['name']} {answer['version']}: {weakness['id']}; mended in {mended}")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
