"""Abstract model with the fields that search engines show."""

from django.db import models


class WithSeo(models.Model):
    """Title and description for search engines."""

    seo_title = models.CharField(max_length=70, blank=True, null=True)
    seo_description = models.CharField(max_length=300, blank=True, null=True)

    class Meta:
        abstract = True
