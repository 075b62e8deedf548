"""Assessments, feedback and plans of the person who was just hired."""

from __future__ import annotations

from portal.core import files
from portal.development import operations
from portal.development.models import FeedbackReply
from portal.development.states import ReplyState, Side
from tests.factories import development as make
from tests.factories import people
from tests.factories.people import added
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    hire = person_of(who.hire)
    role = make.asked_role()
    row = make.assessment(hire, who.hire, role)
    own = row.sheet(Side.SELF)
    operations.save_sheet(own, {}, by=who.hire)
    stored = added(files.store(b"%PDF-1.7 a file", name="p.pdf", media_type="application/pdf"))
    shown = operations.add_file(own, stored, by=who.hire)
    colleague = make.giver()
    asked = make.request(hire, who.hire, colleague)
    sent = make.answered(asked.replies[0], colleague)
    open_ = added(FeedbackReply(
        request_id=asked.id, giver_id=who.interviewer.person_id, state=ReplyState.ASKED
    ))  # fmt: skip
    plan = make.plan(hire, who.hire)
    action = make.action(hire, who.hire)
    return {
        "assessment_id": row.id,
        **_complete(who),
        "sheet_id": own.id,
        "assessment_file_id": shown.id,
        "feedback_request_id": asked.id,
        "reply_id": open_.id,
        "development.confirm_feedback reply_id": sent.id,
        "career_plan_id": plan.id,
        "plan_action_id": action.id,
    }


def _complete(who: People) -> Params:
    """Both sides are in, of somebody else in the team whom the same people answer for."""
    person = people.person("Okan")
    people.employment(person, team=who.team, role=who.role, manager=person_of(who.manager))
    account = people.account(person=person)
    row = make.complete(person, account, who.manager)
    views = ("plan_talk", "agree_levels")
    return {f"development.{view} assessment_id": row.id for view in views}
