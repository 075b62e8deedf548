"""The base of every form, stale versions, and refusals shown where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from babel.support import Translations
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from wtforms import FieldList, FormField, HiddenField
from wtforms.i18n import messages_path
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from portal.core.errors import Refused, Stale
from portal.core.forms.box import accessible
from portal.core.i18n import current_locale


class Problem(NamedTuple):
    """One line of an error summary; ``field_id`` is empty when no field is to blame."""

    field_id: str
    label: str
    message: str


class _Token(_FlaskFormCSRF):
    """The forgery check with a message a person can act on."""

    def validate_csrf_token(self, form: Any, field: Any) -> None:  # noqa: ANN401
        """As in Flask-WTF, in the reader's words.

        Raises:
            ValidationError: if the token is missing, wrong or from another session.

        """
        try:
            super().validate_csrf_token(form, field)
        except ValidationError as error:
            message = _("This page was open for too long. Please send it again.")
            raise ValidationError(message) from error


class Form(FlaskForm):
    """A form with forgery protection whose inputs point at their hints and errors."""

    class Meta:
        """How WTForms builds and draws it."""

        csrf_class = _Token

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:  # noqa: ANN401
            """Add what ties the input to its hint and error; hidden inputs need no id."""
            extra: dict[str, Any] = accessible(field)
            if isinstance(field.widget, HiddenInput):
                extra["id"] = False
            return super().render_field(field, {**extra, **render_kw})  # type: ignore[misc]

        def get_translations(self, _form: object) -> object:
            """WTForms' own messages; Flask-WTF would read their file in each request."""
            return _messages(current_locale())

    def problems(self) -> list[Problem]:
        """Everything wrong, in the order of the page, for the top of the form."""
        found = [Problem("", "", str(message)) for message in self.form_errors]
        for field in _single_fields(self):
            hidden = isinstance(field.widget, HiddenInput)
            where = "" if hidden else getattr(field, "focus_id", field.id)
            label = "" if hidden else str(field.label.text)
            # A list of rows has the errors of each row among its own.
            own = [message for message in field.errors if not isinstance(message, dict)]
            found += [Problem(where, label, str(message)) for message in own]
        return found


@cache
def _messages(locale: str) -> object:
    return Translations.load(messages_path(), [locale], domain="wtforms")


def _single_fields(form: Any) -> Iterator[Any]:  # noqa: ANN401 - a form or a list of rows
    """Every field, those of enclosed forms and rows included."""
    for field in form:
        if isinstance(field, FormField):
            yield from _single_fields(field.form)
        else:
            yield field
        if isinstance(field, FieldList):
            yield from _single_fields(field.entries)


class VersionField(HiddenField):
    """The version of the record the person saw when the form was drawn."""

    def __init__(self, label: str = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; anything else counts as an old version."""
        sent = valuelist[0] if valuelist else ""
        self.data = int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def check_version(form: Any, row: Any) -> None:  # noqa: ANN401 - a form with a VersionField
    """Make sure nobody changed ``row`` since the form was drawn.

    The field then takes the present version: once the person has seen the message, sending the
    same form again is a decision.

    Raises:
        Stale: if somebody did.

    """
    if form.version.data == row.version:
        return
    form.version.data, form.version.raw_data = row.version, None
    raise Stale(
        _("Someone changed this while you had it open. Check it below, then save it again.")
    )


def refusal_to_field(form: Any, refused: Refused) -> None:  # noqa: ANN401 - any form
    """Show an operation's refusal at the field it names, else at the top of the form."""
    if refused.field and refused.field in form:
        field = form[refused.field]
        field.errors = [*field.errors, refused.message]
    else:
        form.form_errors.append(refused.message)
