"""The table behind `invalidation`."""

from django.db import models


class Revision(models.Model):
    """One row for each transaction that wrote to a watched table (see `invalidation`)."""

    nonce = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.nonce)
