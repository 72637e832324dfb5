"""No models here: the app exists for its management command."""

from django.apps import AppConfig


class Seed(AppConfig):
    name = "store.seed"
    label = "seed"
