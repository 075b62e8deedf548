"""What every field shares: needed unless optional, a hint, and links to its hint and error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import Field
from wtforms.validators import StopValidation

Text: TypeAlias = "str | LazyString"
Check = Callable[[Any, Any], None]
"""A WTForms validator: ``(form, field)``, raising ValidationError."""


class Needed:
    """Something must be given; white space is nothing."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it so

    def __init__(self, message: Text) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ANN401, ARG002
        """Stop with one message when nothing was given.

        Raises:
            StopValidation: if the field is empty.

        """
        if field.is_blank():
            field.errors[:] = []
            raise StopValidation(str(self.message))


class Maybe:
    """Nothing may be given, and then nothing else is checked."""

    field_flags = {"optional": True}  # noqa: RUF012

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ANN401, ARG002
        """Stop without a message when nothing was given.

        Raises:
            StopValidation: if the field is empty.

        """
        if field.is_blank():
            field.errors[:] = []
            raise StopValidation


class Box(Field):
    """A field that is needed unless ``optional``; ``hint`` says what to write."""

    missing: Text = _l("Fill this in.")
    is_group = False
    """Whether it draws several inputs and needs a fieldset with a legend."""

    def __init__(
        self,
        label: Text,
        *,
        hint: Text = "",
        optional: bool = False,
        missing: Text | None = None,
        checks: Sequence[Check] = (),
        **options: Any,  # noqa: ANN401 - handed to WTForms
    ) -> None:
        self.optional = optional
        presence = Maybe() if optional else Needed(missing or self.missing)
        super().__init__(label, [presence, *checks], description=hint, **options)

    def is_blank(self) -> bool:
        """Whether nothing was sent."""
        return not any(str(value).strip() for value in self.raw_data or ())

    @property
    def hint_id(self) -> str:
        """The id of the element that shows the hint."""
        return f"{self.id}-hint"

    @property
    def error_id(self) -> str:
        """The id of the element that shows the error."""
        return f"{self.id}-error"

    @property
    def focus_id(self) -> str:
        """The id of the input an error summary links to."""
        return str(self.id)

    @property
    def described_by(self) -> str | None:
        """What ``aria-describedby`` names: the hint and the error, as far as they are shown."""
        ids = [self.hint_id] if self.description else []
        ids += [self.error_id] if self.errors else []
        return " ".join(ids) or None


def accessible(field: Any) -> dict[str, Any]:  # noqa: ANN401 - any WTForms field
    """The attributes that tie an input to its hint and its error."""
    attributes: dict[str, Any] = {}
    if described_by := getattr(field, "described_by", None):
        attributes["aria-describedby"] = described_by
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes
