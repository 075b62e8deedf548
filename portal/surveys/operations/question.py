"""Questions of a survey that nobody has seen yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import Json, Words, db
from portal.core.errors import Refused
from portal.core.tokens import new_token
from portal.surveys.models import Survey, SurveyQuestion
from portal.surveys.states import SurveyFact, SurveyQuestionKind

MOST_QUESTIONS = 20
"""More than this is no short survey."""


@dataclass(frozen=True)
class Wording:
    """What is asked and how it is answered; ``choices`` only where one is chosen."""

    kind: SurveyQuestionKind
    text: Words
    choices: Sequence[Json] = ()


def add_question(
    survey: Survey, wording: Wording, *, key: str = "", by: Account | None
) -> SurveyQuestion:
    """Ask one thing more, behind the others.

    Raises:
        Refused: if people have seen the survey, there are many questions already, the English text
            is missing, or there are not enough answers to choose from.
    """
    _check_unseen(survey)
    if len(survey.questions) >= MOST_QUESTIONS:
        raise Refused(_("A survey has at most %(most)s questions.", most=MOST_QUESTIONS))
    _check(wording)
    question = SurveyQuestion(
        key=key or new_token()[:20],
        position=max((one.position for one in survey.questions), default=0) + 1,
        kind=wording.kind,
        text=wording.text,
        choices=_choices(wording),
    )
    survey.questions.append(question)
    db.session.flush()
    audit.record(SurveyFact.QUESTION_ADDED, question, by=by)
    return question


def change_question(
    question: SurveyQuestion, wording: Wording, *, position: int, by: Account
) -> None:
    """Ask it otherwise, or at another place.

    Raises:
        Refused: as for a new one.
    """
    _check_unseen(question.survey)
    _check(wording)
    if (wording.kind, len(wording.choices)) != (question.kind, len(question.choices)):
        # No longer the same thing: it is not compared with the question of an earlier survey.
        question.key = new_token()[:20]
    question.kind, question.text = wording.kind, wording.text
    question.choices = _choices(wording)
    others = [one for one in question.survey.questions if one is not question]
    others.insert(max(position - 1, 0), question)
    for place, one in enumerate(others, 1):
        one.position = place
    audit.record(SurveyFact.QUESTION_CHANGED, question, by=by)


def remove_question(question: SurveyQuestion, *, by: Account) -> None:
    """Ask it no more.

    Raises:
        Refused: if people have seen the survey.
    """
    _check_unseen(question.survey)
    audit.record(SurveyFact.QUESTION_REMOVED, question, by=by)
    question.survey.questions.remove(question)


def _check_unseen(survey: Survey) -> None:
    if not survey.may_change:
        raise Refused(_("People have seen this survey: it stays as it is."))


def _check(wording: Wording) -> None:
    if not wording.text.get("en"):
        raise Refused(
            _("Write this in English too: it is shown where a language is missing."), "text"
        )
    if wording.kind is SurveyQuestionKind.CHOICE and len(wording.choices) < 2:
        raise Refused(_("Give at least two answers, one on each line."), "choices")


def _choices(wording: Wording) -> list[Json]:
    return list(wording.choices) if wording.kind is SurveyQuestionKind.CHOICE else []
