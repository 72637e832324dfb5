"""A shop that others can reach does not start while it would give itself away."""

import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.management import CommandError, call_command

from store import deployment
from store.management.commands.run import lock_data_folder, require_free_port


@pytest.fixture
def public_shop(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Settings that may go public."""
    settings.PUBLIC_URL, settings.PRODUCTION, settings.DUMMY_PAYMENTS = "https://shop.test", True, False
    settings.SECRET_KEY = "k" * 50
    settings.EMAIL_URL, settings.MAIL_FROM = "smtp+tls://a:b@mail.test:587", "Shop <hello@shop.test>"
    monkeypatch.setattr("store.guidebook.checks.example_maker_problem", lambda: None)
    return settings


def test_a_shop_with_settings_of_its_own_starts(public_shop: Any) -> None:
    deployment.require_safe_deployment()


UNSAFE = {
    "deployment.E001": {"PRODUCTION": False},
    "deployment.E002": {"SECRET_KEY": "only-for-this-machine"},
    "deployment.E003": {"DUMMY_PAYMENTS": True},
    "deployment.E004": {"EMAIL_URL": ""},
    "deployment.E005": {"MAIL_FROM": "Cupwell <hello@cupwell.example>"},
    "deployment.E006": {
        "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "PASSWORD": "cupwell"}}
    },
    "deployment.E007": {"PUBLIC_URL": "http://shop.test"},
}


@pytest.mark.parametrize("problem", UNSAFE)
def test_each_unsafe_setting_is_refused_with_what_to_set(
    public_shop: Any, monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:
    for name, value in UNSAFE[problem].items():
        if isinstance(value, dict):  # DATABASES, which Django warns of replacing as a whole
            for key, entry in value.items():
                monkeypatch.setitem(getattr(public_shop, name), key, entry)
        else:
            setattr(public_shop, name, value)
    with pytest.raises(deployment.UnsafeDeployment) as refused:
        deployment.require_safe_deployment()
    assert [found.id for found in refused.value.problems] == [problem]
    assert refused.value.problems[0].remedy in str(refused.value)


def test_a_mail_server_that_only_collects_is_none(public_shop: Any) -> None:
    public_shop.EMAIL_URL = "smtp://mailpit:1025"
    assert [problem.id for problem in deployment.find_problems()] == ["deployment.E004"]


def test_account_mails_always_lead_to_the_stores_own_host() -> None:
    """Also where the setting names others only, as the compose file does."""
    code = "from store import settings; print(*settings.ALLOWED_CLIENT_HOSTS)"
    set_here = {"PUBLIC_URL": "https://shop.test", "ALLOWED_CLIENT_HOSTS": "front.test"}
    printed = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | set_here, check=True, capture_output=True, text=True
    )
    assert printed.stdout.split() == ["shop.test", "front.test"]


def test_the_example_maker_is_refused(public_shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.guidebook.checks.example_maker_problem", lambda: "example")
    with pytest.raises(deployment.UnsafeDeployment, match=r"maker\.toml"):
        deployment.require_safe_deployment()


def test_a_demo_at_a_public_address_hears_of_everything_at_once(settings: Any) -> None:
    settings.PUBLIC_URL = "http://192.0.2.7:8000"
    with pytest.raises(deployment.UnsafeDeployment) as refused:
        deployment.require_safe_deployment()
    assert {"deployment.E001", "deployment.E003", "deployment.E004", "deployment.E008"} <= {
        problem.id for problem in refused.value.problems
    }


@pytest.mark.parametrize(
    ("url", "reachable"),
    [
        ("http://127.0.0.1:8000", False), ("http://localhost:8000", False), ("http://[::1]:8000", False),
        ("http://shop.localhost", False), ("http://0.0.0.0:8000", True), ("http://192.168.1.5", True),
        ("https://localhost.shop.test", True), ("https://shop.test", True),
    ],
)  # fmt: skip
def test_what_others_can_reach(url: str, reachable: bool) -> None:
    assert deployment.is_reachable(url) == reachable


def test_the_web_process_refuses_to_start(repository: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PUBLIC_URL": "https://shop.test", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", "import store.wsgi"],
        cwd=repository, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Set PRODUCTION=1." in done.stderr


def test_make_env_writes_secrets_that_nobody_else_reads(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    call_command("make_env", "https://shop.test", output=file, email_url="smtp+tls://a:b@mail.test:587")
    lines = dict(line.split("=", 1) for line in file.read_text().splitlines() if not line.startswith("#"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (lines["PRODUCTION"], lines["PUBLIC_URL"], lines["ALLOWED_HOSTS"]) == (
        "1",
        "https://shop.test",
        "shop.test",
    )
    assert len(lines["SECRET_KEY"]) >= deployment.MIN_SECRET_LENGTH
    assert lines["SECRET_KEY"] != lines["POSTGRES_PASSWORD"]
    before = file.read_text()
    with pytest.raises(CommandError, match="not overwritten"):
        call_command("make_env", "https://other.test", output=file)
    assert file.read_text() == before


def test_make_env_writes_the_secrets_of_a_saleor_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    call_command("make_env", "https://shop.test", output=file, saleor="https://commerce.shop.test/")
    read = subprocess.run(
        ["sh", "-c", f". {file}; printf '%s\n' \"$SALEOR_PUBLIC_URL\" \"$SALEOR_RSA_PRIVATE_KEY\""],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    url, _, pem = read.partition("\n")
    assert url == "https://commerce.shop.test/"
    assert isinstance(load_pem_private_key(pem.encode(), password=None), RSAPrivateKey)
    text = file.read_text()
    assert re.search(r"^SALEOR_SECRET_KEY=\S{50,}$", text, re.MULTILINE)
    assert re.search(r"^SALEOR_POSTGRES_PASSWORD=\S{40,}$", text, re.MULTILINE)
    assert "SALEOR_ALLOWED_HOSTS=commerce.shop.test,saleor,localhost,127.0.0.1" in text


@pytest.mark.parametrize(
    ("given", "dashboard", "clients"),
    [
        ({}, "https://commerce.shop.test/dashboard", "commerce.shop.test,shop.test"),
        (
            {"dashboard": "https://staff.shop.test/dashboard/"},
            "https://staff.shop.test/dashboard",
            "commerce.shop.test,shop.test,staff.shop.test",
        ),
    ],
)
def test_make_env_names_the_pictures_and_the_dashboard_of_a_saleor_that_is_still_empty(
    tmp_path: Path, given: dict[str, str], dashboard: str, clients: str
) -> None:
    file = tmp_path / ".env"
    call_command("make_env", "https://shop.test", output=file, saleor="https://commerce.shop.test/", **given)
    lines = file.read_text().splitlines()
    assert "PICTURE_HOSTS=https://commerce.shop.test" in lines
    assert f"SALEOR_DASHBOARD_URL={dashboard}" in lines
    assert f"SALEOR_CLIENT_HOSTS={clients}" in lines


def test_make_env_wants_a_saleor_for_a_dashboard(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="give --saleor too"):
        call_command("make_env", "https://shop.test", output=tmp_path / ".env", dashboard="https://d.test")


@pytest.mark.parametrize("sender", ["Your shop <hello@your.domain>", "Mo's $5 `shop` <mo@your.domain>"])
def test_a_shell_reads_what_make_env_was_given(tmp_path: Path, sender: str) -> None:
    file, mail = tmp_path / ".env", "smtp+tls://a:b$c&d#e@mail.test:587"
    call_command("make_env", "https://shop.test", output=file, mail_from=sender, email_url=mail)
    done = subprocess.run(
        ["sh", "-c", f"set -a; . {file}; printf '%s\n' \"$MAIL_FROM\" \"$EMAIL_URL\""],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (f"{sender}\n{mail}\n", "")


@pytest.mark.parametrize("url", ["http://shop.test", "https://localhost", "shop.test"])
def test_make_env_wants_a_public_address(tmp_path: Path, url: str) -> None:
    with pytest.raises(CommandError, match="https"):
        call_command("make_env", url, output=tmp_path / ".env")
    assert not (tmp_path / ".env").exists()


def test_a_port_in_use_is_refused_by_number() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} .* make run PORT={port + 1}"):
            require_free_port("127.0.0.1", port)
    require_free_port("127.0.0.1", port)


def test_a_data_folder_in_use_is_refused_by_name(tmp_path: Path) -> None:
    lock_data_folder(tmp_path)
    with pytest.raises(CommandError, match=f"Another shop runs on {tmp_path}"):
        lock_data_folder(tmp_path)
