"""Chooses the channel that an account mail belongs to."""

from store.engine.channels.models import Channel
from store.engine.errors import NotFound, OperationError


def channel_slug_for_mail(slug: str | None) -> str:
    """Slug of the active channel with this slug, or of the only active channel if no slug is given.

    Raises NotFound, or OperationError CHANNEL_INACTIVE or MISSING_CHANNEL_SLUG.
    """
    if slug:
        channel = Channel.objects.filter(slug=slug).first()
        if channel is None:
            raise NotFound(f"Channel with '{slug}' slug does not exist.", field="channel")
        if not channel.is_active:
            raise OperationError(
                f"Channel with '{slug}' is inactive.", field="channel", code="CHANNEL_INACTIVE"
            )
        return channel.slug
    active = list(Channel.objects.filter(is_active=True).values_list("slug", flat=True)[:2])
    if len(active) != 1:
        raise OperationError(
            "You need to provide channel slug.", field="channel", code="MISSING_CHANNEL_SLUG"
        )
    return active[0]
