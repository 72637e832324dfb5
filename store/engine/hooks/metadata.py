"""Words that others may hang on any row: public ones, readable by whoever reads the row, and private ones."""

from django.db import models


class WithMetadata(models.Model):
    """Abstract. Keys and values are text, as in Saleor."""

    metadata = models.JSONField(default=dict, blank=True)
    private_metadata = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
