"""System checks of guides/: `check` validates the files, `check --deploy` also requires maker data and signatures."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from store.guidebook import insert_versions
from store.guidebook.errors import GuidebookError
from store.guidebook.library import Library, library

EXAMPLE_MAKER = "guides/maker.toml still holds the example maker and responsible person."


@register(Tags.compatibility)
def check_guides_readable(**_: Any) -> list[CheckMessage]:
    """An invalid file or version number is an error that names file, line and remedy, and stops the start."""
    try:
        guidebook = library()
    except GuidebookError as error:
        return [Error(str(error), id="guidebook.E001")]
    return [
        Error(problem, id="guidebook.E002")
        for insert in guidebook.inserts.values()
        for problem in insert_versions.version_problems(insert)
    ]


@register(Tags.security, deploy=True)
def check_inserts_signed(**_: Any) -> list[CheckMessage]:
    """Deployment needs real maker data and a signature for each insert as it stands."""
    try:
        guidebook = library()
    except GuidebookError:
        return []  # check_guides_readable reports it
    return [*_example_data(guidebook), *_unsigned(guidebook)]


def example_maker_problem() -> str | None:
    """What is wrong when guides/maker.toml still names the example maker; None when it names a real one."""
    return EXAMPLE_MAKER if _names_example_maker(library()) else None


def _names_example_maker(guidebook: Library) -> bool:
    block = guidebook.maker
    maker_texts = " ".join(
        [*block.maker.values(), *block.responsible_person.values(), *block.contact.values()]
    ).lower()
    examples = (".example", "sample town", "musterstadt")
    return block.example or any(text in maker_texts for text in examples)


def _example_data(guidebook: Library) -> Iterator[CheckMessage]:
    if _names_example_maker(guidebook):
        yield Error(
            EXAMPLE_MAKER,
            hint="Write your own names and addresses (Regulation (EU) 2023/988, art. 19), then set example = false.",
            id="guidebook.E003",
        )


def _unsigned(guidebook: Library) -> Iterator[CheckMessage]:
    for insert in guidebook.inserts.values():
        if insert.signed_by is None:
            yield Error(
                f"Nobody has signed {insert.slug} {insert.version} as it stands.",
                hint=(
                    "The person who answers for it reads docs/insert-evidence.md and the PDF, then writes name, role,"
                    f" date and digest {insert.fingerprint} into guides/signoff.toml."
                ),
                id="guidebook.E004",
            )
