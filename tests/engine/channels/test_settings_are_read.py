"""A setting that can be stored is obeyed: code outside the modules that store and show it reads it."""

import ast
from pathlib import Path

import pytest

import store.engine
from store.engine.channels.channels import PLAIN_COLUMNS
from store.engine.channels.models import Channel, ShopSettings, TaxConfiguration
from store.engine.graphql.naming import to_snake
from store.saleor.scope import read_scope

ENGINE = Path(store.engine.__file__).parent
STORE_OR_SHOW = {
    "channels/models.py",
    "channels/channels.py",
    "channels/shop_settings.py",
    "graphql/channels/channels.py",
    "graphql/shop/types.py",
    "graphql/taxes/types.py",
}
NOT_SETTINGS = {"id", "channel", "metadata", "private_metadata", *PLAIN_COLUMNS}
# Read by the store's pages and mails, which ask the API for them, or kept for clients only; each with its reason.
ELSEWHERE = {
    "name": "the pages' title",
    "description": "for clients: Saleor reads it nowhere either",
    "header_text": "for clients: Saleor reads it nowhere either",
    "display_gross_prices": "the pages show prices so",
    "default_mail_sender_name": "mails have the sender of the settings file; Saleor's own mails are not sent here",
    "default_mail_sender_address": "as the sender's name",
    "refund_reason_type_id": "read by a name that is put together",
    "return_reason_type_id": "read by a name that is put together",
    "draft_order_line_price_freeze_period": "in no input",
    "customer_set_password_url": "for clients: the shop's own page sets passwords",
}


def fixed_settings() -> set[str]:
    """Those with one value here: another is refused by name."""
    inputs = ("OrderSettingsInput", "ShopSettingsInput")
    return {to_snake(name) for input_type in inputs for name in read_scope().fixed(input_type)}


def read_names() -> set[str]:
    """Attributes that are read anywhere in the engine but where settings are stored or shown."""
    names: set[str] = set()
    for path in ENGINE.rglob("*.py"):
        relative = path.relative_to(ENGINE).as_posix()
        if relative in STORE_OR_SHOW or relative.startswith("admin/") or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                names.add(node.attr)
            elif isinstance(node, ast.keyword) and node.arg:  # a filter: channel__expire_orders_after__gt
                names |= set(node.arg.split("__"))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= set(node.value.split("__"))
    return names


@pytest.mark.parametrize("model", [Channel, ShopSettings, TaxConfiguration])
def test_each_stored_setting_has_a_reader(model: type[Channel]) -> None:
    stored = {field.name for field in model._meta.concrete_fields} - NOT_SETTINGS
    assert sorted(stored - read_names() - fixed_settings() - set(ELSEWHERE)) == []
