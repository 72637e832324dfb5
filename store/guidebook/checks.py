"""What `manage.py check` says about guides/, and what `check --deploy` will not let through to customers."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from store.guidebook import insert_versions
from store.guidebook.errors import GuidebookError
from store.guidebook.library import Library, library


@register(Tags.compatibility)
def guides_can_be_read(**_: Any) -> list[CheckMessage]:
    """A broken file stops the start, with file, line and remedy."""
    try:
        found = library()
    except GuidebookError as broken:
        return [Error(str(broken), id="guidebook.E001")]
    return [
        Error(words, id="guidebook.E002")
        for i in found.inserts.values()
        for words in insert_versions.problems(i)
    ]


@register(Tags.security, deploy=True)
def inserts_are_signed(**_: Any) -> list[CheckMessage]:
    """Nothing is sold under example names, or with an insert that nobody put a name to."""
    try:
        found = library()
    except GuidebookError:
        return []  # guides_can_be_read tells it
    return [*_example_data(found), *_unsigned(found)]


def _example_data(found: Library) -> Iterator[CheckMessage]:
    block = found.maker
    shown = " ".join(
        [*block.maker.values(), *block.responsible_person.values(), *block.contact.values()]
    ).lower()
    if block.example or ".example" in shown or "sample town" in shown or "musterstadt" in shown:
        yield Error(
            "guides/maker.toml still holds the example maker and responsible person.",
            hint="Write your own names and addresses (Regulation (EU) 2023/988, art. 19), then set example = false.",
            id="guidebook.E003",
        )


def _unsigned(found: Library) -> Iterator[CheckMessage]:
    for insert in found.inserts.values():
        if insert.signed_by is None:
            yield Error(
                f"Nobody has signed {insert.slug} {insert.version} as it stands.",
                hint=(
                    "The person who answers for it reads docs/insert-evidence.md and the PDF, then writes name, role,"
                    f" date and digest {insert.fingerprint} into guides/signoff.toml."
                ),
                id="guidebook.E004",
            )
