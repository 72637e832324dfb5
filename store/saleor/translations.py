"""The name of an object in the language that was asked for, or in the shop's own where it was not translated."""

from typing import Protocol


class NameTranslation(Protocol):
    @property
    def name(self) -> str | None: ...


class Named(Protocol):
    """The fields `name` and `translation` of any object in an answer."""

    @property
    def name(self) -> str | None: ...
    @property
    def translation(self) -> NameTranslation | None: ...


def translated_name(answer: Named) -> str:
    own = answer.translation.name if answer.translation else None
    return own or answer.name or ""
