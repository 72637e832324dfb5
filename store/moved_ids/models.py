"""The table of moved ids."""

from django.db import models


class MovedId(models.Model):
    """`former_id`: global id in a former shop, which no other shop has, since its ids are made of UUIDs.

    `shop`: as in the records of mails; `new_id`: global id there.
    """

    former_id = models.CharField(max_length=200, primary_key=True)
    shop = models.CharField(max_length=200)
    new_id = models.CharField(max_length=200)

    class Meta:
        db_table = "moved_id"
        verbose_name = "moved id"

    def __str__(self) -> str:
        return self.former_id
