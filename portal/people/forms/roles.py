"""Forms of roles: the profile in four languages, and what they pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Regexp, ValidationError

from portal.core.db import Json, Words
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    MoneyBox,
    TextField,
    Tick,
    WholeNumber,
    WordsField,
)
from portal.core.i18n import LOCALES
from portal.people.forms import choices
from portal.people.models import Role
from portal.people.states import PayPeriod

_A_LINE = _l("One on each line, in the same order in every language.")


def _same_length(_form: Any, field: Any) -> None:  # noqa: ANN401
    """Lines stand for one another across languages, so each language has as many."""
    if len({len(text.splitlines()) for text in (field.data or {}).values()}) > 1:
        raise ValidationError(
            _("Every language needs the same number of lines, so that they belong together.")
        )


class RoleForm(Form):
    """The profile that postings and letters are composed from."""

    title = WordsField(_l("Title"), most=120)
    family = TextField(_l("Job family"), most=60, hint=_l("Roles of one ladder share it."))
    level = WholeNumber(_l("Level"), least=1, most=20, hint=_l("Its step on the ladder."))
    summary = WordsField(_l("Summary"), long=True, most=2000)
    aliases = WordsField(
        _l("Other titles"),
        long=True,
        optional=True,
        hint=_l("What people also call this job, one on each line."),
    )
    duties = WordsField(
        _l("Duties"), long=True, optional=True, hint=_A_LINE, checks=(_same_length,)
    )
    musts = WordsField(
        _l("Needed qualifications"), long=True, optional=True, hint=_A_LINE, checks=(_same_length,)
    )
    wishes = WordsField(
        _l("Welcome qualifications"),
        long=True,
        optional=True,
        hint=_A_LINE,
        checks=(_same_length,),
    )
    benefits = WordsField(
        _l("Benefits"), long=True, optional=True, hint=_A_LINE, checks=(_same_length,)
    )

    def profile(self) -> dict[str, Any]:
        """What the operations take."""
        musts = _rows(self.musts.data, must=True)
        wishes = _rows(self.wishes.data, must=False)
        return {
            "title": self.title.data,
            "family": self.family.data,
            "level": self.level.data,
            "summary": self.summary.data,
            "aliases": {tag: _lines(text) for tag, text in (self.aliases.data or {}).items()},
            "duties": list(_rows(self.duties.data)),
            "qualifications": [*musts, *wishes],
            "benefits": list(_rows(self.benefits.data)),
        }


class NewRoleForm(RoleForm):
    """A new role."""

    key = TextField(
        _l("Key"),
        most=60,
        hint=_l("Names the role for ever, such as chat_specialist."),
        checks=(Regexp("[a-z][a-z0-9_]*$", message=_l("Use small letters, digits and _ only.")),),
    )


class PayBandForm(Form):
    """What a role pays in a country."""

    country = Choice(_l("Country"), choices.countries)
    currency = Choice(_l("Currency"), choices.currencies)
    minimum = MoneyBox(_l("Lowest pay"))
    maximum = MoneyBox(_l("Highest pay"))
    period = Choice(_l("For"), PayPeriod)
    source = TextField(_l("Source"), hint=_l("Where the figure comes from."))
    dated = DateBox(_l("As of"))
    example = Tick(_l("Only an example"))

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        if self.currency.data:
            self.minimum.currency = self.maximum.currency = self.currency.data


def profile_of(role: Role) -> dict[str, Any]:
    """A role as ``RoleForm`` shows it."""
    needed = [row for row in role.qualifications if row.get("must")]
    welcome = [row for row in role.qualifications if not row.get("must")]
    return {
        "title": role.title,
        "family": role.family,
        "level": role.level,
        "summary": role.summary,
        "aliases": {tag: "\n".join(texts) for tag, texts in role.aliases.items()},
        "duties": _text(role.duties),
        "musts": _text(needed),
        "wishes": _text(welcome),
        "benefits": _text(role.benefits),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _text(rows: list[Json]) -> Words:
    """Rows such as ``{"en": …, "tr": …}`` as one text a language, a line for each row."""
    texts = {tag: "\n".join(row.get(tag, "") for row in rows) for tag in LOCALES}
    return {tag: text for tag, text in texts.items() if text.strip()}


def _rows(words: Words | None, **more: object) -> Iterator[Json]:
    """The reverse of ``_text``."""
    tags = list(words or {})
    columns: Iterable[tuple[str, ...]] = zip(
        *((words or {})[tag].splitlines() for tag in tags), strict=True
    )
    for line in columns:
        texts = {tag: text.strip() for tag, text in zip(tags, line, strict=True) if text.strip()}
        if texts:
            yield {**more, **texts}
