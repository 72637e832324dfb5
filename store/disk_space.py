"""Room on the disk that holds the shop's data folder: database, pictures, mails, queue."""

import os

from django.conf import settings

NEARLY_FULL_BYTES = 200_000_000  # a busy day of orders and mails; a person should make room
FULL_BYTES = 5_000_000  # SQLite needs some for its log before it can store anything


def free_bytes() -> int:
    """What this process may still write; 0 on a disk that is mounted read-only. Raises OSError without the folder."""
    disk = os.statvfs(settings.DATA_DIR)
    return 0 if disk.f_flag & os.ST_RDONLY else disk.f_bavail * disk.f_frsize


def is_nearly_full() -> bool:
    return free_bytes() < NEARLY_FULL_BYTES
