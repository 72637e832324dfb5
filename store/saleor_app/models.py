"""What a person has to look at in the texts and products of a real Saleor."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class ContentFinding(models.Model):
    """A sentence on a page that reads like a health claim or a dangerous instruction, a product without its insert,
    what the store's app lacks, or a host of pictures that pages may not load from.

    `page`: the path of the shop's page, empty for the app; `rule`: the id of the wording rule, or one of the constants
    below; `sentence`: what to change.
    """

    WITHOUT_INSERT = "without-insert"
    APP = "app"

    page = models.CharField(max_length=500)
    rule = models.CharField(max_length=100)
    sentence = models.TextField()
    # Of the three above, so that two checks at the same moment make no row twice; a sentence is too long for an index.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    found_at = models.DateTimeField("Found", default=timezone.now)

    class Meta:
        ordering: ClassVar[Any] = ["page", "pk"]
        verbose_name = "finding in Saleor"
        verbose_name_plural = "findings in Saleor"

    def __str__(self) -> str:
        return f"{self.page}: {self.rule}"
