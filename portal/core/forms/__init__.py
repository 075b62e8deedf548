"""Forms: what people may send, in four languages, with errors that say what to do."""

from __future__ import annotations

from flask import Flask

from portal.core.forms.answers import form_page, refusals_to
from portal.core.forms.base import Form, VersionField, check_version, refusal_to_field
from portal.core.forms.choices import Choice, MultiChoice, Radios, Tick
from portal.core.forms.contact import EmailBox, PhoneBox
from portal.core.forms.files import FileBox
from portal.core.forms.moments import DateBox, DateTimeLocal
from portal.core.forms.numbers import DecimalNumber, MoneyBox, WholeNumber, read_amount
from portal.core.forms.text import LongText, PasswordBox, TextField
from portal.core.forms.words import WordsField

__all__ = [
    "Choice",
    "DateBox",
    "DateTimeLocal",
    "DecimalNumber",
    "EmailBox",
    "FileBox",
    "Form",
    "LongText",
    "MoneyBox",
    "MultiChoice",
    "PasswordBox",
    "PhoneBox",
    "Radios",
    "TextField",
    "Tick",
    "VersionField",
    "WholeNumber",
    "WordsField",
    "check_version",
    "form_page",
    "read_amount",
    "refusal_to_field",
    "refusals_to",
    "register",
]


def register(app: Flask) -> None:
    """Let a form stay good for as long as the session: nobody types against a clock."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
