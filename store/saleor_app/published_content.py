"""Looks through what is published from a real Saleor, where nothing is checked when it is saved; and at our app there.

The embedded engine refuses health claims and sets without their safety insert; here they are found afterwards, and a
list at the desk says what to change. A set without its insert can't be bought in any case: the storefront refuses it.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction

from store import guidebook
from store.guidebook.wording import published_pages
from store.saleor import clients
from store.saleor.picture_hosts import picture_hosts
from store.saleor_app import inspection
from store.saleor_app.models import ContentFinding

PAGE_SIZE = 50  # products of one question

Finding = tuple[str, str, str]  # page, rule, sentence


def check() -> int:
    """Look through all pages and products and at the app; how many findings there are.

    What was found before keeps its date. Raises SaleorError, and what the pages raise that can't be rendered; then the
    list stays as it was.
    """
    found = set().union(_claims(), _without_insert(), _of_the_app(), _of_the_pictures())
    with transaction.atomic():
        known = {(one.page, one.rule, one.sentence): one.pk for one in ContentFinding.objects.all()}
        gone = [pk for finding, pk in known.items() if finding not in found]
        ContentFinding.objects.filter(pk__in=gone).delete()
        ContentFinding.objects.bulk_create(
            (
                ContentFinding(page=page, rule=rule, sentence=sentence, digest=digest((page, rule, sentence)))
                for page, rule, sentence in sorted(found - known.keys())
            ),
            ignore_conflicts=True,  # of a check that ran beside this one
        )
    return len(found)


def digest(finding: Finding) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256("\n".join(finding).encode()).hexdigest()


def _claims() -> Iterator[Finding]:
    """Each sentence once, with the first page that it is on and the first rule that it breaks."""
    seen: set[str] = set()
    for claim in published_pages.claims():
        sentence = claim.finding.sentence
        if not claim.waived and sentence not in seen:
            seen.add(sentence)
            yield claim.page, claim.finding.id, sentence


def _without_insert() -> Iterator[Finding]:
    """Products of a type that asks for an insert, without one that the guides have."""
    inserts = guidebook.library().inserts
    client = clients.staff()
    for channel in client.channels().channels or ():
        for node in _products(channel.slug) if channel.is_active else ():
            if node.insert and _insert_slug(node.insert) not in inserts:
                sentence = f"{node.name} has no safety insert, so it can't be bought."
                yield f"/products/{node.slug}/", ContentFinding.WITHOUT_INSERT, sentence


def _of_the_app() -> Iterator[Finding]:
    """A permission or event that this version of the store needs does not come to a shop that is connected already."""
    for finding in inspection.app_findings(clients.staff(), settings.SALEOR_API_URL):
        yield "", ContentFinding.APP, f"{finding.text}."


def _of_the_pictures() -> Iterator[Finding]:
    """A Saleor that got its first pictures after it was connected, or whose media moved: every picture is blocked."""
    for host in picture_hosts(clients.staff()):
        if host not in settings.PICTURE_HOSTS:
            sentence = (
                f"Pictures come from {host}, which the shop's pages may not load: run `manage.py connect_saleor"
                f" {settings.SALEOR_API_URL}` again, or name it in PICTURE_HOSTS, and start the shop again."
            )
            yield "", ContentFinding.APP, sentence


def _insert_slug(assigned: Any) -> str:
    value = getattr(assigned, "value", None)
    return value.slug if value else ""


def _products(channel: str) -> Iterator[Any]:
    after: str | None = None
    while True:
        answer = clients.staff().products_for_sale(channel=channel, first=PAGE_SIZE, after=after).products
        if answer is None:
            return
        yield from (edge.node for edge in answer.edges)
        if not answer.page_info.has_next_page:
            return
        after = answer.page_info.end_cursor
