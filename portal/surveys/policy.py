"""Who writes surveys, answers them, and sees which results: rules without a query."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.surveys.models import Survey, SurveyQuestion


def keep_surveys(viewer: Viewer) -> bool:
    """Write, open and close surveys: HR."""
    return viewer.has_role("hr")


def keep_survey(viewer: Viewer, survey: Survey) -> bool:  # noqa: ARG001 - any survey
    """Look after one: HR."""
    return keep_surveys(viewer)


def change_survey(viewer: Viewer, survey: Survey) -> bool:
    """Change it as long as nobody has seen it: HR."""
    return keep_surveys(viewer) and survey.may_change


def change_question(viewer: Viewer, question: SurveyQuestion) -> bool:
    """Change, move or remove a question: HR."""
    return change_survey(viewer, question.survey)


def answer_survey(viewer: Viewer, survey: Survey) -> bool:
    """Whoever is signed in, once it has opened; the page says whether they are asked."""
    return viewer.is_authenticated and not survey.may_change


def sees_all_results(viewer: Viewer) -> bool:
    """Every group large enough, and what was written: HR and directors."""
    return viewer.has_role("hr", "executive")


def see_some_results(viewer: Viewer) -> bool:
    """Those who see all, and whoever leads a team."""
    return sees_all_results(viewer) or bool(getattr(viewer, "led_paths", ()))


def see_results(viewer: Viewer, survey: Survey) -> bool:
    """Results are there once a survey is over; before, HR alone sees how many have answered."""
    return survey.is_over and see_some_results(viewer)
