"""Who may do what in development: rules about one row, without a query."""

from __future__ import annotations

from portal.careers import policy as careers
from portal.core import clock
from portal.core.access import Viewer
from portal.development.models import (
    Assessment,
    AssessmentFile,
    AssessmentSheet,
    CareerPlan,
    FeedbackReply,
    FeedbackRequest,
    PlanAction,
)
from portal.development.states import (
    AssessmentState,
    Audience,
    PlanState,
    ReplyState,
    Side,
)
from portal.people import policy as people
from portal.people.models import Person

answers_for = people.answers_for
see_development = careers.see_path
see_people = careers.see_people


def is_own(viewer: Viewer, person: Person) -> bool:
    """Whether it is about the viewer themself."""
    return viewer.person_id == person.id


def takes_part(viewer: Viewer, person: Person) -> bool:
    """The person, and whoever answers for them today; HR reads but does not speak for either."""
    return is_own(viewer, person) or answers_for(viewer, person)


def open_assessment(viewer: Viewer, person: Person) -> bool:
    """Begin an assessment of somebody who works here: the two sides and HR."""
    return _works_here(person) and see_development(viewer, person)


def see_assessment(viewer: Viewer, row: Assessment) -> bool:
    """That there is one and how far it is; what was written opens by ``read_answers``."""
    return see_development(viewer, row.person)


def read_answers(viewer: Viewer, row: Assessment) -> bool:
    """What both wrote, side by side: once both have submitted."""
    return not row.is_blind and see_assessment(viewer, row)


def fill_sheet(viewer: Viewer, sheet: AssessmentSheet) -> bool:
    """Open one's own side of it.

    The manager's side belongs to who began it, until somebody else answers for the person.
    """
    row = sheet.assessment
    if row.state is not AssessmentState.OPEN:
        return False
    if sheet.side is Side.SELF:
        return is_own(viewer, row.person)
    return answers_for(viewer, row.person) and not _kept_by_another(viewer, sheet)


def _kept_by_another(viewer: Viewer, sheet: AssessmentSheet) -> bool:
    """Whether the present manager, and not the viewer, is at it."""
    if sheet.author is None or sheet.author_id == viewer.id:
        return False
    return answers_for(sheet.author, sheet.person)


def read_file(viewer: Viewer, row: AssessmentFile) -> bool:
    """A file: its own side while that side is open, both sides once both are in."""
    sheet = row.sheet
    if not sheet.assessment.is_blind:
        return see_assessment(viewer, sheet.assessment)
    own = sheet.author_id == viewer.id
    return own and (is_own(viewer, sheet.person) or answers_for(viewer, sheet.person))


def remove_file(viewer: Viewer, row: AssessmentFile) -> bool:
    """Take a file away again before the side is submitted."""
    sheet = row.sheet
    return not sheet.is_submitted and sheet.author_id == viewer.id and fill_sheet(viewer, sheet)


def plan_talk(viewer: Viewer, row: Assessment) -> bool:
    """Set the day of the talk: the two who talk."""
    return row.state is AssessmentState.COMPLETE and takes_part(viewer, row.person)


def agree_levels(viewer: Viewer, row: Assessment) -> bool:
    """Write down the levels agreed on: who answers for the person."""
    return row.state is AssessmentState.COMPLETE and answers_for(viewer, row.person)


def cancel_assessment(viewer: Viewer, row: Assessment) -> bool:
    """Call it off before levels are agreed: who answers for the person, and HR."""
    live = row.state in {AssessmentState.OPEN, AssessmentState.COMPLETE}
    return live and careers.answers_for(viewer, row.person)


def ask_feedback(viewer: Viewer, person: Person) -> bool:
    """Ask colleagues about somebody who works here: the person, and who answers for them."""
    return _works_here(person) and takes_part(viewer, person)


def see_request(viewer: Viewer, row: FeedbackRequest) -> bool:
    """A request and its answers; a private one is the person's alone."""
    if row.audience is Audience.PRIVATE:
        return is_own(viewer, row.person)
    return see_development(viewer, row.person)


def close_request(viewer: Viewer, row: FeedbackRequest) -> bool:
    """Take no more answers: those who could have asked."""
    return row.is_open and see_request(viewer, row) and takes_part(viewer, row.person)


def see_reply(viewer: Viewer, reply: FeedbackReply) -> bool:
    """One answer: who gave it, and who may read the request."""
    return viewer.person_id == reply.giver_id or see_request(viewer, reply.request)


def give_feedback(viewer: Viewer, reply: FeedbackReply) -> bool:
    """The colleague who was asked; what has been sent stays, and is theirs to read."""
    return viewer.person_id == reply.giver_id


def decline_feedback(viewer: Viewer, reply: FeedbackReply) -> bool:
    """Rather not answer."""
    return give_feedback(viewer, reply) and reply.state is ReplyState.ASKED


def confirm_feedback(viewer: Viewer, reply: FeedbackReply) -> bool:
    """Make its levels evidence: who answers for the person and did not give it themself."""
    return (
        reply.state is ReplyState.ANSWERED
        and reply.confirmed_at is None
        and reply.has_levels
        and reply.request.audience is Audience.SHARED
        and viewer.person_id != reply.giver_id
        and answers_for(viewer, reply.person)
    )


def start_plan(viewer: Viewer, person: Person) -> bool:
    """Begin a career plan: the person, and who answers for them."""
    return _works_here(person) and takes_part(viewer, person)


def see_plan(viewer: Viewer, plan: CareerPlan) -> bool:
    """Read a plan."""
    return see_development(viewer, plan.person)


def change_plan(viewer: Viewer, plan: CareerPlan) -> bool:
    """Add actions and change days: the person, and who answers for them."""
    return plan.state is not PlanState.CLOSED and takes_part(viewer, plan.person)


close_plan = change_plan


def sign_plan(viewer: Viewer, plan: CareerPlan) -> bool:
    """Sign where one's own name is missing; a plan without actions has nothing to agree on."""
    if plan.state is PlanState.CLOSED or not any(not one.dropped_on for one in plan.actions):
        return False
    if is_own(viewer, plan.person):
        return plan.person_signed_at is None
    return plan.manager_signed_at is None and answers_for(viewer, plan.person)


def change_action(viewer: Viewer, action: PlanAction) -> bool:
    """Change or drop a action that is still to do."""
    ended = action.done_on is not None or action.dropped_on is not None
    return not ended and change_plan(viewer, action.plan)


def finish_action(viewer: Viewer, action: PlanAction) -> bool:
    """Tick a action off that no record elsewhere knows of."""
    return not action.kind.is_linked and change_action(viewer, action)


def _works_here(person: Person) -> bool:
    return person.employment_on(clock.today()) is not None


def print_passport(viewer: Viewer, person: Person) -> bool:
    """The career passport is the person's own paper; HR may issue it for them."""
    return bool(person.employments) and (is_own(viewer, person) or viewer.has_role("hr"))
