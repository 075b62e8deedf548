"""Writing a survey and changing it before anybody has seen it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.tokens import new_token
from portal.people.discretion import smallest_group
from portal.people.models import Role, Team
from portal.surveys.models import Survey
from portal.surveys.operations.question import add_question
from portal.surveys.operations.starter import Start
from portal.surveys.states import SurveyAudience, SurveyFact, SurveyState


@dataclass(frozen=True)
class Terms:
    """What a survey is called, whom it asks, from when to when, and its smallest group.

    Without a ``minimum`` it is that of the organisation.
    """

    title: Words
    intro: Words
    opens_on: date
    closes_on: date
    audience: SurveyAudience = SurveyAudience.ALL
    team: Team | None = None
    role: Role | None = None
    minimum: int | None = None


def add_survey(terms: Terms, *, start: Start | None = None, by: Account | None) -> Survey:
    """Write a survey, with the questions of ``start`` if there is one.

    Raises:
        Refused: if English words, the team or the role are missing, the days are in the wrong
            order or over, or the smallest group is too small to hide in.
    """
    _check(terms)
    survey = Survey(series=start.series if start else new_token()[:20], created_at=clock.now())
    _take(survey, terms)
    db.session.add(survey)
    audit.record(SurveyFact.ADDED, survey, by=by)
    for key, wording in start.questions if start else ():
        add_question(survey, wording, key=key, by=by)
    return survey


def change_survey(survey: Survey, terms: Terms, *, by: Account) -> None:
    """Change a survey that nobody has seen; one that was to open by itself is a draft again.

    Raises:
        Refused: if people have seen it, and as for a new one.
    """
    if not survey.may_change:
        raise Refused(_("People have seen this survey: it stays as it is."))
    _check(terms)
    _take(survey, terms)
    survey.state = SurveyState.DRAFT
    audit.record(SurveyFact.CHANGED, survey, by=by)


def _check(terms: Terms) -> None:
    for name, text in (("title", terms.title), ("intro", terms.intro)):
        if not text.get("en"):
            raise Refused(
                _("Write this in English too: it is shown where a language is missing."), name
            )
    if terms.closes_on < terms.opens_on:
        raise Refused(_("The last day comes before the first."), "closes_on")
    if terms.closes_on < clock.today():
        raise Refused(_("Choose today or a later day."), "closes_on")
    if terms.audience is SurveyAudience.TEAM and terms.team is None:
        raise Refused(_("Choose the team."), "team")
    if terms.audience is SurveyAudience.ROLE and terms.role is None:
        raise Refused(_("Choose the role."), "role")
    if terms.minimum is not None and terms.minimum < (least := smallest_group()):
        raise Refused(_("Choose %(least)s or more.", least=least), "minimum")


def _take(survey: Survey, terms: Terms) -> None:
    survey.title, survey.intro = terms.title, terms.intro
    survey.opens_on, survey.closes_on = terms.opens_on, terms.closes_on
    survey.audience, survey.minimum = terms.audience, terms.minimum or smallest_group()
    survey.team = terms.team if terms.audience is SurveyAudience.TEAM else None
    survey.role = terms.role if terms.audience is SurveyAudience.ROLE else None
