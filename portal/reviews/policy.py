"""Who sees and does what around reviews: rules about one row, without a query.

Nobody sees or changes early what concerns themselves: of a review of their own even HR sees only
what any person sees.
"""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.core.access import Viewer
from portal.people import policy as people
from portal.reviews.models import (
    Review,
    ReviewBatch,
    ReviewCycle,
    ReviewPart,
    ReviewRecord,
    ReviewTemplate,
)
from portal.reviews.states import CycleState, PartKind, PartState, ReviewState, Signer

KEPT = timedelta(days=7)
"""How long a file with several papers can be fetched; rights change, a file does not."""

OUT = frozenset({ReviewState.RELEASED, ReviewState.SIGNED})
"""What the person may see."""


def keep_reviews(viewer: Viewer) -> bool:
    """Templates and cycles: HR."""
    return viewer.has_role("hr")


def keep_template(viewer: Viewer, template: ReviewTemplate) -> bool:  # noqa: ARG001 - any
    """Change, publish or retire a template: HR."""
    return keep_reviews(viewer)


def keep_cycle(viewer: Viewer, cycle: ReviewCycle) -> bool:  # noqa: ARG001 - any
    """Prepare, begin, close or call off a cycle: HR."""
    return keep_reviews(viewer)


def see_team_reviews(viewer: Viewer) -> bool:
    """The list of reviews: HR, directors, managers and leads; narrowed to whom they lead."""
    return viewer.has_role("hr", "executive", "manager") or bool(getattr(viewer, "led_paths", ()))


def see_cycle(viewer: Viewer, cycle: ReviewCycle) -> bool:
    """How a cycle comes along, for the people the viewer may see; a draft only HR."""
    return keep_reviews(viewer) or (
        cycle.state is not CycleState.DRAFT and see_team_reviews(viewer)
    )


def is_about(viewer: Viewer, review: Review) -> bool:
    """Whether the review is the viewer's own."""
    return viewer.person_id == review.person_id


def answers_for(viewer: Viewer, review: Review) -> bool:
    """Who writes the manager's part, and the present line above the person; never the person."""
    if is_about(viewer, review):
        return False
    if viewer.person_id == review.manager_id and review.state is not ReviewState.SIGNED:
        return True
    # Once both have signed, only who answers for the person today.
    return people.answers_for(viewer, review.person)


def see_review(viewer: Viewer, review: Review) -> bool:
    """The review with whatever the viewer may see of it on the day.

    The person always (own part, the rest once released), the line, HR; directors once signed.
    """
    if is_about(viewer, review) or answers_for(viewer, review) or viewer.has_role("hr"):
        return True
    return viewer.has_role("executive") and review.state is ReviewState.SIGNED


def see_result(viewer: Viewer, review: Review) -> bool:
    """Score, rating and what others wrote: the person only once it is released."""
    if is_about(viewer, review):
        return review.state in OUT
    return see_review(viewer, review)


def name_peers(viewer: Viewer, review: Review) -> bool:
    """Propose peers: the person, or who answers for them, while parts are written."""
    writing = review.state is ReviewState.WRITING and review.cycle.weight(PartKind.PEER) > 0
    own = is_about(viewer, review) or answers_for(viewer, review) or viewer.has_role("hr")
    return writing and own


def decide_peer(viewer: Viewer, part: ReviewPart) -> bool:
    """Agree to a proposed peer: who answers for the person, or HR; not who proposed them."""
    review = part.review
    return (
        part.kind is PartKind.PEER
        and part.state is PartState.NAMED
        and review.state is ReviewState.WRITING
        and not is_about(viewer, review)
        and viewer.person_id != part.author_id
        and (answers_for(viewer, review) or viewer.has_role("hr"))
    )


def see_peers(viewer: Viewer, review: Review) -> bool:
    """Who is named as a peer: the person, who answers for them, and HR."""
    if review.cycle.weight(PartKind.PEER) == 0:
        return False
    return is_about(viewer, review) or answers_for(viewer, review) or viewer.has_role("hr")


def withdraw_peer(viewer: Viewer, part: ReviewPart) -> bool:
    """Take a proposed peer back: who proposed them, or whose review it is."""
    named = part.kind is PartKind.PEER and part.state is PartState.NAMED
    return named and (viewer.id == part.named_by_id or is_about(viewer, part.review))


def nudge(viewer: Viewer, review: Review) -> bool:
    """Remind those with open parts: who answers for the person, or HR; not about oneself."""
    if is_about(viewer, review) or review.state is not ReviewState.WRITING:
        return False
    return answers_for(viewer, review) or viewer.has_role("hr")


def call_off(viewer: Viewer, review: Review) -> bool:
    """Take somebody out of a running cycle: HR, never themself."""
    unfinished = review.state not in {ReviewState.SIGNED, ReviewState.CANCELLED}
    return viewer.has_role("hr") and unfinished and not is_about(viewer, review)


def is_author(viewer: Viewer, part: ReviewPart) -> bool:
    """Whether the viewer writes a part."""
    return viewer.person_id == part.author_id


def decline_part(viewer: Viewer, part: ReviewPart) -> bool:
    """Rather not write: peers and direct reports, while their part is open."""
    return part.kind in {PartKind.PEER, PartKind.UPWARD} and write_part(viewer, part)


def write_part(viewer: Viewer, part: ReviewPart) -> bool:
    """Fill in a part: its author, while parts are written."""
    return (
        viewer.person_id == part.author_id
        and part.state is PartState.OPEN
        and part.review.state is ReviewState.WRITING
    )


def see_part(viewer: Viewer, part: ReviewPart) -> bool:
    """Read a part under its author's name.

    Its author once asked to write. The line and HR read the self-review once it is handed in, and
    the manager's part; the person the manager's part once released. Nameless parts nobody else.
    """
    if viewer.person_id == part.author_id:
        return part.state not in {PartState.NAMED, PartState.REFUSED}
    if part.state is not PartState.SUBMITTED or part.kind in {PartKind.PEER, PartKind.UPWARD}:
        return False
    return see_result(viewer, part.review)


def return_part(viewer: Viewer, part: ReviewPart) -> bool:
    """Give a part back for a change before the result is made: who answers, HR; not the author."""
    return (
        part.state is PartState.SUBMITTED
        and part.kind in {PartKind.SELF, PartKind.MANAGER}
        and part.review.state is ReviewState.WRITING
        and viewer.person_id != part.author_id
        and not is_about(viewer, part.review)
        and (answers_for(viewer, part.review) or viewer.has_role("hr"))
    )


def make_result(viewer: Viewer, review: Review) -> bool:
    """Have the score made while parts are written: who answers for the person, or HR."""
    own = is_about(viewer, review)
    may = answers_for(viewer, review) or viewer.has_role("hr")
    return review.state is ReviewState.WRITING and not own and may


def make_results(viewer: Viewer, cycle: ReviewCycle) -> bool:
    """Have all results made that can be: HR."""
    return keep_reviews(viewer) and cycle.state is CycleState.RUNNING


def see_calibration(viewer: Viewer, cycle: ReviewCycle) -> bool:
    """Results side by side: HR, directors, and who leads a team, for whom they lead."""
    if cycle.state in {CycleState.DRAFT, CycleState.CANCELLED}:
        return False
    return viewer.has_role("hr", "executive") or bool(getattr(viewer, "led_paths", ()))


def release_results(viewer: Viewer, cycle: ReviewCycle) -> bool:
    """Release results, several at once: HR."""
    return keep_reviews(viewer) and see_calibration(viewer, cycle)


def calibrate(viewer: Viewer, review: Review) -> bool:
    """Change a result in comparison: HR and the line above the manager; never about oneself."""
    if is_about(viewer, review) or review.state is not ReviewState.CALIBRATION:
        return False
    if viewer.has_role("hr", "executive"):
        return True
    return viewer.person_id != review.manager_id and people.answers_for(viewer, review.person)


def release(viewer: Viewer, review: Review) -> bool:
    """Release a compared result to the person: HR, never their own."""
    own = is_about(viewer, review)
    return viewer.has_role("hr") and not own and review.state is ReviewState.CALIBRATION


def change_summary(viewer: Viewer, review: Review) -> bool:
    """Write what the talk came to: who writes the manager's part, until somebody has signed."""
    stands = review.state in {ReviewState.CALIBRATION, ReviewState.RELEASED}
    return viewer.person_id == review.manager_id and stands and not is_signed_by_one(review)


def change_plan(viewer: Viewer, review: Review) -> bool:
    """Change the development plan: manager and person, until somebody has signed."""
    own = is_about(viewer, review) and review.state is ReviewState.RELEASED
    return (own and not is_signed_by_one(review)) or change_summary(viewer, review)


def is_signed_by_one(review: Review) -> bool:
    """Whether somebody has signed this edition."""
    return any(row.edition == review.edition for row in review.signatures)


def note_unsigned(viewer: Viewer, review: Review) -> bool:
    """Say why a released review stays unsigned: HR, never their own."""
    own = is_about(viewer, review)
    return viewer.has_role("hr") and not own and review.state is ReviewState.RELEASED


def see_record(viewer: Viewer, record: ReviewRecord) -> bool:
    """A signed edition: the person, the present line, HR and directors; it stays readable."""
    if viewer.person_id == record.review.person_id or viewer.has_role("hr", "executive"):
        return True
    return people.answers_for(viewer, record.review.person)


def print_reviews(viewer: Viewer, cycle: ReviewCycle) -> bool:
    """Put papers of several people together: HR, and who leads a team, for whom they lead."""
    if cycle.state in {CycleState.DRAFT, CycleState.CANCELLED}:
        return False
    return viewer.has_role("hr", "manager") or bool(getattr(viewer, "led_paths", ()))


def see_batch(viewer: Viewer, batch: ReviewBatch) -> bool:
    """Papers put together: only who ordered them, for a week, while they may print."""
    fresh = clock.now() - batch.ordered_at < KEPT
    return viewer.id == batch.ordered_by_id and fresh and print_reviews(viewer, batch.cycle)


def sign(viewer: Viewer, review: Review) -> bool:
    """Sign a released review: the person and the manager, each once an edition."""
    return review.state is ReviewState.RELEASED and signer_of(viewer, review) is not None


def signer_of(viewer: Viewer, review: Review) -> Signer | None:
    """As what somebody may still sign."""
    if viewer.person_id == review.person_id:
        signer = Signer.PERSON
    elif viewer.person_id == review.manager_id:
        signer = Signer.MANAGER
    else:
        return None
    done = any(row.signer is signer and row.edition == review.edition for row in review.signatures)
    return None if done else signer


def reopen(viewer: Viewer, review: Review) -> bool:
    """Reopen a signed review: HR, never their own."""
    own = is_about(viewer, review)
    return viewer.has_role("hr") and not own and review.state is ReviewState.SIGNED
