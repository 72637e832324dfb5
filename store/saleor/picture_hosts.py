"""Where a Saleor's pictures come from: often a host of their own, which the browser must be allowed to load from."""

from urllib.parse import urlsplit

from django.conf import settings

from store import saleor_connection
from store.saleor.client.client import Client


def picture_hosts(client: Client) -> tuple[str, ...]:
    """Origins such as https://media.example, in order; none while the shop has no pictures. Raises SaleorError.

    A thumbnail that nobody has asked for yet has an address of the API, which leads to where the originals are.
    """
    hosts = set()
    for channel in client.channels().channels or ():
        if not channel.is_active:
            continue
        found = client.first_picture(channel=channel.slug).products
        for edge in found.edges if found else ():
            thumbnail = [edge.node.thumbnail] if edge.node.thumbnail else []
            for picture in (*thumbnail, *(edge.node.media or ())):
                parts = urlsplit(picture.url)
                hosts.add(f"{parts.scheme}://{parts.netloc}")
    return tuple(sorted(hosts))


def remember(client: Client) -> tuple[str, ...]:
    """Write them into the connection's file, after pictures were put into a Saleor that had none to tell them by.

    Returns those that pages may load only once the shop is started again. Raises SaleorError, UnreadableConnection.
    """
    hosts = picture_hosts(client)
    new = saleor_connection.add_picture_hosts(settings.DATA_DIR, hosts, settings.SECRET_KEYS)
    return tuple(host for host in new if host not in settings.PICTURE_HOSTS)
