"""Opens, reminds and closes by the calendar, and tells people some at a time."""

from __future__ import annotations

from portal.core import clock, jobs
from portal.core.db import db
from portal.surveys import notices, operations
from portal.surveys.models import Survey


@jobs.periodic("surveys.look_after", cron="20 4 * * *")
def look_after() -> None:
    """Early each day (UTC)."""
    operations.look_after(clock.today())


@jobs.handler("surveys.tell_some")
def tell_some(survey_id: int, person_ids: list[int]) -> None:
    """Tell some that a survey is open; a mail has a key, so none goes out twice."""
    survey = db.session.get_one(Survey, survey_id)
    if survey.is_open:
        notices.asked(survey, person_ids)


@jobs.handler("surveys.remind_some")
def remind_some(survey_id: int, person_ids: list[int]) -> None:
    """Remind some of those who had not answered."""
    survey = db.session.get_one(Survey, survey_id)
    if survey.is_open:
        notices.reminded(survey, person_ids)
