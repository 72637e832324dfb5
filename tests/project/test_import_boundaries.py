"""What import-linter can't see: strings that reach across rooms."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = ("storefront", "mailer", "safety", "seed", "guidebook", "saleor", "engine")


def sources(repository: Path, suffix: str) -> list[Path]:
    return [
        f
        for f in (repository / "store").rglob(f"*{suffix}")
        if "migrations" not in f.parts and "client" not in f.parts
    ]


def test_the_import_contracts_hold(repository: Path) -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_room_fetches_models_by_name(repository: Path) -> None:
    found = [
        str(f)
        for f in sources(repository, ".py")
        if re.search(r"\bget_model\(|apps\.get_app_config\(", f.read_text())
    ]
    assert found == []


def test_only_the_engine_knows_the_engines_tables(repository: Path) -> None:
    """Raw SQL would be a way around the arrows; the few places that need it are named here."""
    allowed = {"store/health.py"}
    found = {
        str(f.relative_to(repository))
        for f in sources(repository, ".py")
        if "engine" not in f.parts
        and "mailer" not in f.parts
        and re.search(r"\.cursor\(|\.raw\(", f.read_text())
    }
    assert found <= allowed


def test_templates_extend_their_own_room(repository: Path) -> None:
    strays = []
    for template in sources(repository, ".html"):
        room = next(part for part in template.parts if part in ROOMS)
        for target in re.findall(r'{%\s*(?:extends|include)\s+"([^"/]+)/', template.read_text()):
            if target in ROOMS and target != room:
                strays.append(f"{template.name} -> {target}")
    assert strays == []


def test_only_settings_reads_the_environment(repository: Path) -> None:
    # the last hands WeasyPrint a date there, so that a PDF is the same file whenever it is made
    allowed = {"store/settings.py", "store/wsgi.py", "store/celery.py", "store/guidebook/pdf.py"}
    found = {
        str(f.relative_to(repository))
        for f in sources(repository, ".py")
        if re.search(r"os\.(environ|getenv)", f.read_text())
    }
    assert found <= allowed


@pytest.mark.parametrize("name", ["utils", "core", "helpers", "common", "misc"])
def test_no_room_for_odds_and_ends(repository: Path, name: str) -> None:
    assert [f for f in sources(repository, ".py") if name in {f.stem, f.parent.name}] == []


def test_every_room_says_what_lives_there(repository: Path) -> None:
    packages = [
        f for f in (repository / "store").glob("*/__init__.py") if f.parent.name not in ("management",)
    ]
    packages += list((repository / "store" / "engine").glob("*/__init__.py"))
    assert [
        str(f.relative_to(repository)) for f in packages if not f.read_text().lstrip().startswith('"""')
    ] == []
