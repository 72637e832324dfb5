"""Searching customers by the argument and by the older key of the filter at once."""

import json

import pytest

from store.engine.accounts.models import User
from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.graphql.serve import serve

pytestmark = pytest.mark.django_db


def test_the_argument_counts_where_the_filter_searches_too() -> None:
    token = app_tokens.issue_token(App.objects.create(name="Support", permissions=["MANAGE_USERS"]))[1]
    for name in ("ada", "bob"):
        User.objects.create_user(f"{name}@example.com")
    query = '{customers(first: 5, search: "ada", filter: {search: "bob"}) {edges {node {email}}}}'
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    answer = json.loads(serve(json.dumps({"query": query}).encode(), headers).body)
    assert [edge["node"]["email"] for edge in answer["data"]["customers"]["edges"]] == ["ada@example.com"]
