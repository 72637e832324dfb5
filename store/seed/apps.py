"""App without models; Django finds the management command by it."""

from django.apps import AppConfig


class Seed(AppConfig):
    name = "store.seed"
    label = "seed"
