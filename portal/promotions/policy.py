"""Who may propose, decide, read and answer a promotion; the person comes last to know."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import clock
from portal.core.access import Viewer
from portal.hiring.models import Posting
from portal.people import policy as people
from portal.people.models import Person
from portal.promotions.models import Promotion
from portal.promotions.states import CHANGEABLE, LIVE, TOLD, PromotionState, StepKind

ARRIVING = frozenset({PromotionState.ACCEPTED, PromotionState.EFFECTIVE})
"""From here on the manager of the new place knows who comes."""


def see_promotions(viewer: Account) -> bool:
    """HR, directors, managers and whoever leads a team; the list is narrowed to their own."""
    return viewer.has_role("hr", "executive", "manager") or bool(viewer.led_paths)


def propose(viewer: Viewer, person: Person) -> bool:
    """HR and whoever answers for the person, never the person."""
    if viewer.person_id == person.id or person.employment_on(clock.today()) is None:
        return False
    return viewer.has_role("hr") or people.answers_for(viewer, person)


def see_promotion(viewer: Viewer, promotion: Promotion) -> bool:
    """HR, directors, who answers for the person today, later the new manager; never the person."""
    if viewer.person_id == promotion.person_id:
        return False
    if viewer.has_role("hr", "executive") or people.answers_for(viewer, promotion.person):
        return True
    return viewer.person_id == promotion.manager_id and promotion.state in ARRIVING


def _keeps(viewer: Viewer, promotion: Promotion) -> bool:
    """HR and who answers for the person: those who could have proposed it."""
    if viewer.person_id == promotion.person_id:
        return False
    return viewer.has_role("hr") or people.answers_for(viewer, promotion.person)


def change_promotion(viewer: Viewer, promotion: Promotion) -> bool:
    """As long as the person has not been told."""
    return promotion.state in CHANGEABLE and _keeps(viewer, promotion)


def withdraw_promotion(viewer: Viewer, promotion: Promotion) -> bool:
    """Until it takes effect."""
    return promotion.state in LIVE and _keeps(viewer, promotion)


def tell_person(viewer: Viewer, promotion: Promotion) -> bool:
    """Once it is approved."""
    return promotion.state is PromotionState.APPROVED and _keeps(viewer, promotion)


def write_announcement(viewer: Viewer, promotion: Promotion) -> bool:
    """Before or after the day, until the team has been told."""
    ahead = promotion.state in LIVE or promotion.state is PromotionState.EFFECTIVE
    return ahead and promotion.announced_at is None and _keeps(viewer, promotion)


def decide_step(viewer: Viewer, promotion: Promotion) -> bool:
    """Whoever the open step asks; nobody on their own proposal or twice on the same terms."""
    step = promotion.open_step
    if step is None or viewer.id == promotion.proposed_by_id:
        return False
    if any(one.decided_by_id == viewer.id for one in promotion.present_steps):
        return False
    return fits_step(viewer, step.kind, promotion.person, by_line=promotion.by_line)


def fits_step(viewer: Viewer, kind: StepKind, person: Person, *, by_line: bool) -> bool:
    """Whether a kind of step may be theirs to decide; never about oneself."""
    if viewer.person_id == person.id:
        return False
    if kind is StepKind.HR:
        return viewer.has_role("hr")
    if kind is StepKind.DIRECTOR:
        return viewer.has_role("executive")
    return next_up(viewer, person) if by_line else people.answers_for(viewer, person)


def next_up(viewer: Viewer, person: Person) -> bool:
    """Who leads a team above the person's own, or is the manager of their manager."""
    today = clock.today()
    job = person.employment_on(today)
    if job is None or viewer.person_id == person.id:
        return False
    above = job.team.path.rstrip("/").rpartition("/")[0] + "/"
    if viewer.leads(above):
        return True
    over = job.manager.employment_on(today) if job.manager else None
    return over is not None and viewer.person_id == over.manager_id


def answer_promotion(viewer: Viewer, promotion: Promotion) -> bool:
    """The person alone, once told and until the answer."""
    return viewer.person_id == promotion.person_id and promotion.state is PromotionState.OFFERED


def read_own(viewer: Viewer, promotion: Promotion) -> bool:
    """The person, from the day they are told."""
    return viewer.person_id == promotion.person_id and promotion.state in TOLD


def read_news(viewer: Viewer, promotion: Promotion) -> bool:
    """Everyone who works here, once the team has been told."""
    return viewer.is_authenticated and promotion.announced_at is not None


def see_inside(viewer: Viewer, posting: Posting) -> bool:
    """HR and the hiring manager, while the posting is open."""
    if not posting.is_open:
        return False
    manages = posting.requisition.hiring_manager_id == viewer.person_id
    return viewer.has_role("hr") or manages
