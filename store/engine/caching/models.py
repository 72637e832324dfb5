"""The table behind `invalidation`."""

from django.db import models


class Revision(models.Model):
    """One row for each transaction that wrote what is kept in memory (see `revision`)."""

    nonce = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.nonce)
