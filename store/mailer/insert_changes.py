"""Tells the owners of a product that its safety insert has a new major version, each from the version that they have.

What somebody has is what was attached to their safety mail or to an earlier notice. One mail for each insert, major
version and address, to the newest order; planned in batches, so that a run that was cut short goes on where it was.
"""

from collections.abc import Iterator

from django.utils import timezone

from store import guidebook
from store.mailer import planning
from store.mailer.mail_classes import Kind
from store.mailer.models import MailBody, MailPlan, State
from store.mailer.suppressions import address_hash


class UnknownInsert(Exception):
    """There is no insert of this name in guides/inserts."""


def announce(slug: str) -> int:
    """Plan the mails; returns how many are new. Raises UnknownInsert."""
    insert = guidebook.library().inserts.get(slug)
    if insert is None:
        raise UnknownInsert(slug)
    major = insert.version.partition(".")[0]
    rows = (_row(plan, slug, version, major) for plan, version in _owners_of_an_older_major(slug, major))
    return planning.plan_many(rows)


def _owners_of_an_older_major(slug: str, major: str) -> Iterator[tuple[MailPlan, str]]:
    """The mail that brought each address its newest version of the insert, where that is an older major one."""
    newest: dict[str, tuple[MailPlan, str]] = {}
    bodies = MailBody.objects.filter(
        attempt__plan__mail_class="safety", attempt__plan__state=State.SENT, attempt__outcome="accepted"
    ).select_related("attempt__plan")
    for body in bodies.order_by("pk").iterator(chunk_size=1000):
        for attached in body.attachments:
            if str(attached["name"]).startswith(f"{slug}-{attached['version']}-"):
                newest[body.attempt.plan.recipient.lower()] = (body.attempt.plan, str(attached["version"]))
    for plan, version in newest.values():
        if int(version.partition(".")[0]) < int(major):
            yield plan, version


def _row(plan: MailPlan, slug: str, version: str, major: str) -> MailPlan:
    return MailPlan(
        shop=plan.shop,
        plan_key=f"insert:{slug}:{major}:{address_hash(plan.recipient)}",
        kind=Kind.INSERT_CHANGE,
        order_id=plan.order_id,
        order_number=plan.order_number,
        about=f"{slug}@{version}",
        recipient=plan.recipient,
        locale=plan.locale,
        due_at=timezone.now(),
    )
