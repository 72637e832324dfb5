"""`manage.py web`: the web process of a container, with the same settings as that of `manage.py run`."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from store.deployment import require_safe_deployment
from store.management.commands.run import web_command


class Command(BaseCommand):
    help = "Serves the shop's pages until it is stopped: WEB_WORKERS processes with WEB_THREADS threads each."

    def handle(self, *args: Any, **options: Any) -> None:
        require_safe_deployment()
        command = web_command()
        os.execv(command[0], command)  # noqa: S606
