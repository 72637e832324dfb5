"""Checks of the whole repository: locks, paths, secrets, settings, README, Docker files."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

SECRET = re.compile(r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----")


def tracked_files(repository: Path) -> list[Path]:
    completed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=True
    )
    return [
        repository / name for name in completed.stdout.split("\0") if name and (repository / name).is_file()
    ]


@pytest.mark.parametrize("lock", ["core", "dev", "codegen", "studio", "audit"])
def test_locks_contain_no_url_and_hash_everything(repository: Path, lock: str) -> None:
    text = (repository / "requirements" / f"{lock}.txt").read_text()
    assert "://" not in text
    pinned = re.findall(r"^[\w.\-\[\]]+==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(pinned) > 5
    assert [pin.splitlines()[0] for pin in pinned if "--hash=sha256:" not in pin] == []


def test_no_file_contains_a_path_of_a_developers_machine(repository: Path) -> None:
    violations = []
    checkout_parent = re.escape(str(repository.parent))
    pattern = re.compile(rf"/(?:home|Users)/[a-z]+/|(?:/(?:work)|{checkout_parent})/(?:main|shared)|/root/\.")
    for file in tracked_files(repository):
        if file.suffix in {".py", ".md", ".toml", ".yml", ".html", ".css", ".js", ".graphql", ".txt", ".svg"}:
            violations += [str(file)] if pattern.search(file.read_text()) and file != Path(__file__) else []
    assert violations == []


def test_no_secret_is_committed(repository: Path) -> None:
    candidates = [
        f for f in tracked_files(repository) if f.stat().st_size < 1_000_000 and f != Path(__file__)
    ]
    assert [str(f) for f in candidates if SECRET.search(f.read_text(errors="ignore"))] == []


def test_every_setting_from_the_environment_has_a_default(repository: Path) -> None:
    text = (repository / "store" / "settings.py").read_text()
    calls = re.findall(r"env\.\w+\((?:[^()]|\([^()]*\))*\)", text)
    assert len(calls) > 20
    assert [call for call in calls if "default=" not in call] == []


def test_the_readme_names_every_command_of_the_makefile(repository: Path) -> None:
    makefile, readme = (repository / "Makefile").read_text(), (repository / "README.md").read_text()
    commands = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    assert [
        c
        for c in ("run", "test", "check", "bench", "codegen")
        if c not in commands or f"make {c}" not in readme
    ] == []


@pytest.fixture
def compose(repository: Path) -> Any:
    return yaml.safe_load((repository / "docker-compose.yml").read_text())


def test_docker_compose_has_every_service(compose: Any) -> None:
    expected = {"web", "worker", "worker-safety", "beat", "postgres", "redis", "mailpit"}
    assert expected <= set(compose["services"])


def test_safety_mail_has_its_own_worker(compose: Any) -> None:
    assert "--queues safety " in compose["services"]["worker-safety"]["command"]
    assert "safety" not in compose["services"]["worker"]["command"].split("--queues")[1].split()[0]


def test_the_image_does_not_run_as_root(repository: Path) -> None:
    lines = (repository / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER shop"]


def test_docker_compose_accepts_the_file(repository: Path) -> None:
    if shutil.which("docker-compose"):
        command = ["docker-compose", "config", "-q"]
    elif (
        shutil.which("docker")
        and subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0
    ):
        command = ["docker", "compose", "config", "-q"]
    else:
        pytest.skip("LEFT OUT, no docker compose client here")
    completed = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stderr
