"""Django app of the moved ids."""

from django.apps import AppConfig


class MovedIds(AppConfig):
    name = "store.moved_ids"
    label = "moved_ids"
