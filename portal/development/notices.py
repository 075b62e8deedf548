"""Who is told what about assessments, feedback and career plans."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, write_to
from portal.core import clock, inbox
from portal.development.models import Assessment, CareerPlan, FeedbackReply, FeedbackRequest
from portal.development.states import Audience
from portal.people.models import Person


class DevelopmentNotice(inbox.NoticeKind):
    """Notices of development."""

    ASSESS_SELF = "development.assess_self", _l("Look at yourself: an assessment has begun")
    ASSESS_OTHER = "development.assess_other", _l("An assessment of %(who)s waits for your side")
    BOTH_IN = "development.both_in", _l("Assessment of %(who)s: both sides are in")
    TALK_ON = "development.talk_on", _l("Assessment of %(who)s: the day of the talk is set")
    AGREED = "development.agreed", _l("The levels of your assessment are agreed")
    CANCELLED = "development.cancelled", _l("The assessment of %(who)s was called off")
    ASKED = "development.feedback_wanted", _l("Your feedback about %(who)s is asked for")
    REMINDER = "development.feedback_reminder", _l("Your feedback about %(who)s is still missing")
    ASKED_ABOUT = "development.asked_about", _l("%(who)s asked colleagues for feedback about you")
    GIVEN = "development.feedback_came", _l("%(who)s gave feedback")
    DECLINED = "development.feedback_refused", _l("%(who)s would rather not give feedback")
    TO_SIGN = "development.to_sign", _l("The career plan of %(who)s waits for your name")
    PLAN_AGREED = "development.plan_agreed", _l("The career plan of %(who)s is agreed")
    ACTION_ADDED = "development.action_added", _l("%(who)s added something to your career plan")


def manager_of(person: Person) -> Account | None:
    """The account of the present manager, or of the team's lead where nobody is named."""
    job = person.employment_on(clock.today())
    if job is None:
        return None
    key = job.manager_id or job.team.lead_id
    return account_in_use(key) if key != person.id else None


def assessment_opened(row: Assessment, *, by: Account) -> None:
    """Ask both sides to fill in theirs."""
    url = f"/development/assessments/{row.id}"
    _tell(account_in_use(row.person_id), DevelopmentNotice.ASSESS_SELF, url, by=by)
    who = row.person.display_name
    _tell(manager_of(row.person), DevelopmentNotice.ASSESS_OTHER, url, by=by, who=who)


def to_both(row: Assessment, kind: DevelopmentNotice, *, by: Account) -> None:
    """Tell the person and their manager about an assessment."""
    for account in (account_in_use(row.person_id), manager_of(row.person)):
        _tell(account, kind, f"/development/assessments/{row.id}", by=by,
              who=row.person.display_name)  # fmt: skip


def agreed(row: Assessment, *, by: Account) -> None:
    """Tell the person that their levels are written down."""
    url = f"/development/assessments/{row.id}"
    _tell(account_in_use(row.person_id), DevelopmentNotice.AGREED, url, by=by)


def feedback_asked(request: FeedbackRequest, *, by: Account) -> None:
    """Ask each colleague, by mail as well; the person is told if somebody else asks."""
    for reply in request.replies:
        _ask(reply, DevelopmentNotice.ASKED, "development/feedback_asked")
    if by.person_id != request.person_id:
        _tell(account_in_use(request.person_id), DevelopmentNotice.ASKED_ABOUT,
              f"/development/feedback/{request.id}", by=by, who=by.display_name)  # fmt: skip


def feedback_missing(reply: FeedbackReply) -> None:
    """Remind a colleague."""
    _ask(reply, DevelopmentNotice.REMINDER, "development/feedback_reminder")


def _ask(reply: FeedbackReply, kind: DevelopmentNotice, template: str) -> None:
    account = account_in_use(reply.giver_id)
    if account is None:
        return
    url, who = f"/development/replies/{reply.id}", reply.person.display_name
    inbox.tell(account.id, kind, url, who=who)
    write_to(
        account,
        template,
        key=f"{template}:{reply.id}",
        who=who,
        reply_id=reply.id,
        closes_on=reply.request.closes_on,
    )


def feedback_came(reply: FeedbackReply, kind: DevelopmentNotice, *, by: Account) -> None:
    """Tell the person, and who asked, what a colleague did."""
    request = reply.request
    told = [account_in_use(request.person_id)]
    if request.audience is Audience.SHARED and request.created_by.person_id != request.person_id:
        told.append(account_in_use(request.created_by.person_id))
    for account in told:
        _tell(account, kind, f"/development/feedback/{request.id}", by=by,
              who=reply.giver.display_name)  # fmt: skip


def plan_to_sign(plan: CareerPlan, *, by: Account) -> None:
    """Ask the other side for its name."""
    own = by.person_id == plan.person_id
    account = manager_of(plan.person) if own else account_in_use(plan.person_id)
    _about_plan(plan, account, DevelopmentNotice.TO_SIGN, by=by)


def plan_agreed(plan: CareerPlan, *, by: Account) -> None:
    """Tell the side that signed first."""
    own = by.person_id == plan.person_id
    first = plan.manager_signed_by if own else account_in_use(plan.person_id)
    _about_plan(plan, first, DevelopmentNotice.PLAN_AGREED, by=by)


def action_added(plan: CareerPlan, *, by: Account) -> None:
    """Tell the person what somebody else put into their plan."""
    _tell(account_in_use(plan.person_id), DevelopmentNotice.ACTION_ADDED,
          f"/development/plans/{plan.id}", by=by, who=by.display_name)  # fmt: skip


def _about_plan(
    plan: CareerPlan, account: Account | None, kind: DevelopmentNotice, *, by: Account
) -> None:
    url, who = f"/development/plans/{plan.id}", plan.person.display_name
    _tell(account, kind, url, by=by, who=who)


def _tell(
    account: Account | None, kind: DevelopmentNotice, url: str, *, by: Account, **params: str
) -> None:
    """Nobody is told of what they did themselves."""
    if account is not None and account.id != by.id:
        inbox.tell(account.id, kind, url, **params)
