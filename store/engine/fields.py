"""Model fields that clean what they store."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from store.engine.errors import OperationError, camel_case
from store.saleor.email_addresses import InvalidEmailAddress, clean_email_address

MAX_METADATA_LENGTH = 100_000  # characters of all keys and values of one row: anybody can write to a checkout


class EmailAddressField(models.EmailField):  # type: ignore[type-arg]
    """An email address, stored as `clean_email_address` writes it.

    Validating and saving both clean it, so that no operation can store an address that mail can't be sent to. Saving an
    invalid one raises OperationError INVALID. Migrations see a plain EmailField.
    """

    default_validators = []  # `clean_email_address` decides: Django's validator refuses names outside ASCII

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        cleaned = super().clean(value, model_instance)
        try:
            return clean_email_address(cleaned) if cleaned else cleaned
        except InvalidEmailAddress as error:
            raise ValidationError(error.sentence, code="invalid") from None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if value:
            value = email_or_refusal(value, field=camel_case(self.attname))
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": forms.CharField, "widget": forms.EmailInput, **options})

    def deconstruct(self) -> Any:
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.EmailField", arguments, options


@cache
def _text_limits(model: type[models.Model]) -> tuple[tuple[str, int], ...]:
    return tuple(
        (field.attname, field.max_length)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and field.max_length and not field.choices
    )


def check_text_lengths(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Signal handler: raises OperationError INVALID for a text that is longer than its column.

    SQLite would store it whole, PostgreSQL refuses it without telling which column it was.
    """
    deferred = instance.get_deferred_fields()  # not loaded, so not written
    for name, limit in _text_limits(sender):
        value = None if name in deferred else getattr(instance, name)
        if isinstance(value, str) and len(value) > limit:
            message = f"Ensure this value has at most {limit} characters (it has {len(value)})."
            raise OperationError(message, field=camel_case(name), code="INVALID")


def check_metadata_size(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Signal handler: raises OperationError INVALID for more metadata than one row may have."""
    deferred = instance.get_deferred_fields()
    for name in ("metadata", "private_metadata"):
        value = None if name in deferred else getattr(instance, name, None)
        if isinstance(value, dict) and metadata_length(value) > MAX_METADATA_LENGTH:
            message = f"Metadata of one object may hold at most {MAX_METADATA_LENGTH} characters."
            raise OperationError(message, field=camel_case(name), code="INVALID")


def metadata_length(metadata: Mapping[str, Any]) -> int:
    return sum(len(key) + len(str(value)) for key, value in metadata.items())


def email_or_refusal(address: str, *, field: str = "email") -> str:
    """The cleaned address; raises OperationError INVALID with the API's name of the field."""
    try:
        return clean_email_address(address)
    except InvalidEmailAddress as error:
        raise OperationError(error.sentence, field=field, code="INVALID") from None
