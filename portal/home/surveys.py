"""Surveys that ask the viewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import i18n
from portal.home.need import Need, Source, on_the_day
from portal.surveys import queries
from portal.surveys.models import Survey


def _asking(_viewer: Account) -> Iterator[Source]:
    yield Source(queries.asking, Survey.id, on_the_day, _survey, day=Survey.closes_on)


def _survey(survey: Survey, due: date) -> Need:
    return Need(
        "list-check",
        _("Survey: %(title)s", title=i18n.words(survey.title)),
        _("A few questions. Nobody can see what you answer."),
        due,
        url_for("surveys.answer_survey", survey_id=survey.id),
        _("Answer now"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_asking,)
