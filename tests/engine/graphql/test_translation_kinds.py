"""Every kind that a client may name, also those of which this shop has no rows."""

import json

import pytest

from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.graphql.schema import schema
from store.engine.graphql.serve import serve

pytestmark = pytest.mark.django_db
QUERY = """query($kind: TranslatableKinds!) {
  translations(kind: $kind, first: 2) { totalCount edges { node { __typename } } }
  translation(kind: $kind, id: "VW5rbm93bjox") { __typename }
}"""


def test_no_kind_of_translation_is_an_internal_error() -> None:
    token = app_tokens.issue_token(
        App.objects.create(name="Translator", permissions=["MANAGE_TRANSLATIONS"])
    )[1]
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    kinds = schema().type_map["TranslatableKinds"].values  # type: ignore[attr-defined]
    found = {}
    for kind in kinds:
        answer = json.loads(
            serve(json.dumps({"query": QUERY, "variables": {"kind": kind}}).encode(), headers).body
        )
        assert "Internal" not in str(answer), kind
        found[kind] = answer["data"]
    nothing = {"translations": {"totalCount": 0, "edges": []}, "translation": None}
    assert {found[kind] == nothing for kind in ("SALE", "PROMOTION", "PROMOTION_RULE")} == {True}
    assert len(kinds) == 13
