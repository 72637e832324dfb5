"""docker-compose.yml passes every setting on, gives nobody a way in by default, and confines what it runs."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

# Of the image and of the machine, not of the shop.
SET_BY_THE_IMAGE = {"DATA_DIR", "HOST", "PORT", "GUIDES_DIR", "CATALOG_SEED_DIR"}
OF_THE_SHOP = ("prepare", "web", "worker", "worker-safety", "beat")
OF_SALEOR = ("saleor-prepare", "saleor", "saleor-worker", "saleor-scheduler")


@pytest.fixture(scope="module")
def repository_text() -> Any:
    root = Path(__file__).resolve().parents[2]
    return lambda name: (root / name).read_text()


@pytest.fixture(scope="module")
def services(repository_text: Any) -> dict[str, Any]:
    return dict(yaml.safe_load(repository_text("docker-compose.yml"))["services"])


def settings_read(source: str) -> set[str]:
    """Names that the settings read from the environment."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def test_every_setting_is_documented_and_no_other(repository_text: Any) -> None:
    documented = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", repository_text("docs/settings.md")))
    only_compose = set(re.findall(r"\$\{(\w+)", repository_text("docker-compose.yml")))
    assert documented == settings_read(repository_text("store/settings.py")) | only_compose


@pytest.mark.parametrize("service", OF_THE_SHOP)
def test_every_setting_reaches_every_process(
    repository_text: Any, services: dict[str, Any], service: str
) -> None:
    passed = set(services[service]["environment"])
    assert passed == settings_read(repository_text("store/settings.py")) - SET_BY_THE_IMAGE


def test_a_setting_that_nobody_made_is_not_passed_as_an_empty_one(services: dict[str, Any]) -> None:
    """`${NAME:-}` would pass an empty text, which is no number and no list of defaults."""
    values = [value for value in services["web"]["environment"].values() if value is not None]
    assert [value for value in values if ":-}" in str(value)] == []


@pytest.mark.parametrize(
    "service", [*OF_THE_SHOP, *OF_SALEOR, "postgres", "redis", "mailpit", "saleor-postgres", "saleor-redis"]
)
def test_every_container_is_confined(services: dict[str, Any], service: str) -> None:
    one = services[service]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["mem_limit"]


def test_nothing_listens_beyond_this_machine(services: dict[str, Any]) -> None:
    ports = [port for one in services.values() for port in one.get("ports", [])]
    assert len(ports) == 5
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_images_are_pinned(services: dict[str, Any]) -> None:
    images = {one["image"] for one in services.values()} - {"cupwell"}
    assert len(images) == 6
    assert [image for image in images if not re.search(r":v?\d+[\w.-]*$", image)] == []


def test_saleor_starts_on_request_only_and_with_secrets_of_its_own(services: dict[str, Any]) -> None:
    for name in [name for name in services if name.startswith("saleor")]:
        assert services[name]["profiles"] == ["saleor"], name
    for name in OF_SALEOR:
        environment = services[name]["environment"]
        assert environment["DEBUG"] == "False"
        assert environment["SECRET_KEY"] == "${SALEOR_SECRET_KEY:-}"
        assert environment["RSA_PRIVATE_KEY"] == "${SALEOR_RSA_PRIVATE_KEY:-}"
        assert ":${SALEOR_POSTGRES_PASSWORD:-}@" in environment["DATABASE_URL"]


def test_saleor_and_the_shop_share_no_redis(services: dict[str, Any]) -> None:
    """The shop's refuses to write when it is full: a cache beside its queue would stop its mails."""
    assert services["web"]["environment"]["REDIS_URL"] == "${REDIS_URL:-redis://redis:6379/0}"
    for name in OF_SALEOR:
        environment = services[name]["environment"]
        assert environment["CACHE_URL"] == "redis://saleor-redis:6379/0"
        assert environment["CELERY_BROKER_URL"] == "redis://saleor-redis:6379/1"
    assert "noeviction" in services["redis"]["command"]
    assert "volatile-lru" in services["saleor-redis"]["command"]


def test_saleors_exports_and_payloads_are_not_served_with_its_pictures(repository_text: Any) -> None:
    served = yaml.safe_load(repository_text("docker-compose.yml"))["configs"]["saleor-media"]["content"]
    assert "location / { return 404; }" in served
    assert "payloads" not in served
    assert "export_files" not in served


def test_the_image_serves_with_the_threads_that_the_settings_ask_for(
    repository_text: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    from store.management.commands import web

    settings.WEB_THREADS, settings.WEB_WORKERS, settings.HOST = 16, 2, "0.0.0.0"
    started: list[list[str]] = []
    monkeypatch.setattr(web.os, "execv", lambda _path, command: started.append(command))
    monkeypatch.setattr(web, "require_safe_deployment", lambda: None)
    web.Command().handle()
    command = " ".join(started[0])
    assert "--workers 2 --blocking-threads 16" in command
    assert "--host 0.0.0.0" in command
    assert 'CMD ["python", "manage.py", "web"]' in repository_text("Dockerfile")


def test_the_health_check_asks_by_a_name_that_is_always_answered(repository: Path, tmp_path: Path) -> None:
    asked = "import store.settings as settings; print(*settings.ALLOWED_HOSTS)"
    environment = os.environ | {"ALLOWED_HOSTS": "shop.test", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=repository,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["shop.test", "127.0.0.1", "localhost", "[::1]"]
    assert "http://127.0.0.1:8000/healthz" in (repository / "Dockerfile").read_text()
