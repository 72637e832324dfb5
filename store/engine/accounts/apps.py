from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "store.engine.accounts"
    label = "accounts"
    verbose_name = "Accounts"
