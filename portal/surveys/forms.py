"""Surveys, their questions, and the answer sheet, which is made for each survey."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import clock
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    LongText,
    Radios,
    VersionField,
    WholeNumber,
    WordsField,
)
from portal.core.i18n import LOCALES, NATIVE_NAMES, words
from portal.people.discretion import smallest_group
from portal.people.forms import choices
from portal.people.models import LEAST_GROUP, Role, Team
from portal.surveys.models import Survey, SurveyQuestion
from portal.surveys.operations import Answers, Start, Terms, Wording
from portal.surveys.states import SurveyAudience, SurveyQuestionKind


class SurveyForm(Form):
    """A survey: words, whom it asks, days, smallest group."""

    version = VersionField()
    title = WordsField(
        _l("Title"), most=120, hint=_l("English is shown where a language is missing.")
    )
    intro = WordsField(_l("What people read first"), long=True, most=1000)
    audience = Radios(_l("Who is asked?"), SurveyAudience)
    team = Choice(_l("Team"), choices.teams, optional=True, empty=_l("None"))
    role = Choice(_l("Role"), choices.roles, optional=True, empty=_l("None"))
    opens_on = DateBox(_l("First day"))
    closes_on = DateBox(_l("Last day"))
    minimum = WholeNumber(
        _l("Smallest group"), least=LEAST_GROUP, most=50,
        hint=_l("Groups with fewer answers are not shown, nor any from which they follow."),
    )  # fmt: skip

    def terms(self) -> Terms:
        """What the operations take."""
        return Terms(
            title=self.title.data,
            intro=self.intro.data,
            audience=self.audience.data,
            team=db.session.get(Team, self.team.data) if self.team.data else None,
            role=db.session.get(Role, self.role.data) if self.role.data else None,
            opens_on=cast("date", self.opens_on.data),
            closes_on=cast("date", self.closes_on.data),
            minimum=cast("int | None", self.minimum.data),
        )


class NewSurveyForm(SurveyForm):
    """A new one, which may begin with the questions of another."""

    start = Choice(
        _l("Begin with the questions of"), optional=True, empty=_l("None: I write my own"),
        hint=_l("Results are compared with the last survey that asked the same."),
    )  # fmt: skip


def data_of(survey: Survey | None, start: Start | None = None) -> dict[str, Any]:
    """A survey as the form shows it; a new one lasts two weeks and asks everyone."""
    if survey is None:
        begun = {"title": start.title, "intro": start.intro, "start": start.key} if start else {}
        today = clock.today()
        return begun | {
            "audience": SurveyAudience.ALL,
            "opens_on": today,
            "closes_on": today.fromordinal(today.toordinal() + 14),
            "minimum": smallest_group(),
        }
    return {
        "title": survey.title,
        "intro": survey.intro,
        "audience": survey.audience,
        "team": survey.team_id,
        "role": survey.role_id,
        "opens_on": survey.opens_on,
        "closes_on": survey.closes_on,
        "minimum": max(survey.minimum, smallest_group()),
        "version": survey.version,
    }


class QuestionForm(Form):
    """One question."""

    version = VersionField()
    kind = Radios(_l("How it is answered"), SurveyQuestionKind)
    text = WordsField(_l("Question"), most=300)
    choices = WordsField(
        _l("Answers to choose from"), long=True, most=1000, optional=True,
        hint=_l("One on each line, in the same order in every language."),
    )  # fmt: skip
    position = WholeNumber(_l("Place in the survey"), least=1, most=20)

    def wording(self) -> Wording:
        """What the operations take.

        Raises:
            Refused: if a language has another number of answers than English.
        """
        kind = self.kind.data
        chosen = _as_choices(self.choices.data or {}) if kind is SurveyQuestionKind.CHOICE else []
        return Wording(kind, self.text.data, chosen)


def question_data(question: SurveyQuestion) -> dict[str, Any]:
    """A question as the form shows it."""
    lines = {tag: [one.get(tag, "") for one in question.choices] for tag in LOCALES}
    return {
        "version": question.version,
        "kind": question.kind,
        "text": question.text,
        "choices": {tag: "\n".join(some) for tag, some in lines.items() if all(some) and some},
        "position": question.position,
    }


def _as_choices(texts: dict[str, str]) -> list[Json]:
    lines = {
        tag: [line.strip() for line in text.splitlines() if line.strip()]
        for tag, text in texts.items()
    }
    english = lines.get("en", [])
    for tag, some in lines.items():
        if some and len(some) != len(english):
            raise Refused(
                _("%(language)s: write as many answers as in English, one on each line.",
                  language=NATIVE_NAMES[tag]),
                "choices",
            )  # fmt: skip
    return [
        {tag: some[place] for tag, some in lines.items() if some} for place in range(len(english))
    ]


class ExtendForm(Form):
    """A later last day."""

    version = VersionField()
    closes_on = DateBox(_l("New last day"))


class AnswerForm(Form):
    """The sheet of one survey; ``answer_form`` adds a field for each question."""

    def answers(self, survey: Survey) -> Answers:
        """What was answered, by question."""
        return {one.id: self[f"q{one.id}"].data for one in survey.questions}


def answer_form(survey: Survey) -> AnswerForm:
    """A sheet with a field named ``q<id>`` for each question."""
    fields = {f"q{one.id}": _field(one) for one in survey.questions}
    kind: type[AnswerForm] = type("Sheet", (AnswerForm,), fields)
    return kind()


def _field(question: SurveyQuestion) -> Any:  # noqa: ANN401 - an unbound field
    text = words(question.text)
    if not question.is_counted:
        return LongText(text, optional=True, most=2000, rows=4)
    if question.kind is SurveyQuestionKind.CHOICE:
        offer = [(place, words(one)) for place, one in enumerate(question.choices)]
    else:
        offer = [(value, str(value)) for value in question.answers]
    return Radios(text, offer, missing=_l("Choose an answer."))
