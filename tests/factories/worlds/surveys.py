"""Surveys on one side: one nobody has seen, one that asks the hire, one that is over."""

from __future__ import annotations

from portal.core import clock
from portal.surveys.models import Survey, SurveyReceipt
from portal.surveys.states import SurveyState, TenureBand
from tests.factories import surveys as make
from tests.factories.people import added
from tests.factories.worlds.who import Params, People


def side(who: People) -> Params:
    """The draft stands for them all but for answers and results."""
    draft, asking, over = make.survey(), make.survey(), make.survey()
    asking.state = over.state = SurveyState.OPEN
    asking.opened_at = over.opened_at = clock.now()
    over.state, over.closed_at = SurveyState.CLOSED, clock.now()
    _ask(asking, who)
    closed = ("results", "export_results")
    return {
        "survey_id": draft.id,
        "surveys question_id": draft.questions[0].id,
        "surveys.answer_survey survey_id": asking.id,
    } | {f"surveys.{view} survey_id": over.id for view in closed}


def _ask(survey: Survey, who: People) -> None:
    added(
        SurveyReceipt(
            survey_id=survey.id, person_id=who.hire.person_id, team_id=who.team.id,
            path=who.team.path, site_id=who.team.site_id, tenure=TenureBand.FIRST_YEAR,
        )
    )  # fmt: skip
