#!/usr/bin/env python
"""Django's command line for the shop."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
    # For the processes that `run` starts: glibc gives each thread a heap of its own and seldom returns it. Saves some
    # 10 MB of web after 700 pages with their PDFs (276 beside 285).
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
