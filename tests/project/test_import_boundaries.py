"""Package boundaries: the import-linter contracts, and references by string that it can not see."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

STORE = Path(__file__).parents[2] / "store"
PACKAGES = {folder.name for folder in STORE.iterdir() if (folder / "__init__.py").exists()}


def source_files(repository: Path, suffix: str) -> list[Path]:
    return [
        f
        for f in (repository / "store").rglob(f"*{suffix}")
        if "migrations" not in f.parts and "client" not in f.parts
    ]


def test_the_import_contracts_hold(repository: Path) -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo"]
    completed = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stdout


def test_no_migration_uses_functions_that_may_change_later(repository: Path) -> None:
    """Each step brings what it needs."""
    migrations = [f for f in (repository / "store").rglob("*.py") if "migrations" in f.parts]
    assert len(migrations) > 20
    found = {f.name for f in migrations if re.search(r"^\s*from store\b", f.read_text(), re.MULTILINE)}
    assert found == set()


def test_no_package_fetches_models_by_name(repository: Path) -> None:
    found = [
        str(f)
        for f in source_files(repository, ".py")
        if re.search(r"\bget_model\(|apps\.get_app_config\(", f.read_text())
    ]
    assert found == []


def test_only_the_engine_and_the_mailer_use_raw_sql(repository: Path) -> None:
    """Raw SQL could reach the tables of another package without an import; other modules that need it are listed here."""
    allowed = {"store/health.py", "store/row_counts.py"}
    found = {
        str(f.relative_to(repository))
        for f in source_files(repository, ".py")
        if "engine" not in f.parts
        and "mailer" not in f.parts
        and re.search(r"\.cursor\(|\.raw\(", f.read_text())
    }
    assert found <= allowed


def test_templates_extend_only_templates_of_their_package(repository: Path) -> None:
    violations = []
    for template in source_files(repository, ".html"):
        package = template.relative_to(repository / "store").parts[0]
        for target in re.findall(r'{%\s*(?:extends|include)\s+"([^"/]+)/', template.read_text()):
            if target in PACKAGES and target != package:
                violations.append(f"{template.name} -> {target}")
    assert violations == []


def test_only_settings_reads_the_environment(repository: Path) -> None:
    # pdf.py sets SOURCE_DATE_EPOCH for WeasyPrint, so that the same content gives the same file
    allowed = {"store/settings.py", "store/wsgi.py", "store/celery.py", "store/guidebook/pdf.py"}
    found = {
        str(f.relative_to(repository))
        for f in source_files(repository, ".py")
        if re.search(r"os\.(environ|getenv)", f.read_text())
    }
    assert found <= allowed


@pytest.mark.parametrize("name", ["utils", "core", "helpers", "common", "misc"])
def test_no_module_has_a_catch_all_name(repository: Path, name: str) -> None:
    assert [f for f in source_files(repository, ".py") if name in {f.stem, f.parent.name}] == []


def test_every_package_has_a_docstring(repository: Path) -> None:
    packages = [
        f for f in (repository / "store").glob("*/__init__.py") if f.parent.name not in ("management",)
    ]
    packages += list((repository / "store" / "engine").glob("*/__init__.py"))
    assert [
        str(f.relative_to(repository)) for f in packages if not f.read_text().lstrip().startswith('"""')
    ] == []
