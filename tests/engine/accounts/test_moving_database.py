"""The dump of docs/from-one-machine-to-many.md loads into another database with the same numbers of accounts."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from store.engine.accounts import second_factors
from store.engine.accounts.models import AuthenticatorApp, User

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "from-one-machine-to-many.md"


def test_accounts_keep_their_numbers_and_second_factors(tmp_path):
    leaver, boss = (User.objects.create_superuser(f"{name}@cupwell.example", "pw") for name in ("x", "boss"))
    second_factors.begin(boss)
    number = boss.pk
    leaver.delete()
    file = tmp_path / "shop.json"
    documented = re.search(r"manage\.py dumpdata (.*) -o shop\.json", GUIDE.read_text())
    call_command("dumpdata", *documented.group(1).split(), "-o", str(file), verbosity=0)
    boss.delete()
    assert not AuthenticatorApp.objects.exists()
    call_command("loaddata", str(file), verbosity=0)
    assert User.objects.get(email="boss@cupwell.example").pk == number
    assert AuthenticatorApp.objects.get(user_id=number).is_readable
    # Loading writes revisions of its own, which those of the dump would collide with.
    assert not [row for row in json.loads(file.read_text()) if row["model"].startswith("caching.")]
