"""Peers: proposed by the person, agreed to by who answers for them, and who would rather not."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.people import queries as people
from portal.people.models import Employment, Person, Team
from portal.reviews import notices, policy
from portal.reviews.models import Review, ReviewPart
from portal.reviews.states import PART_MOVES, PartKind, PartState, ReviewsFact, ReviewState

SPARE = 2
"""So many more than wanted may be named, because some decline."""

COUNTED = frozenset({PartState.NAMED, PartState.OPEN, PartState.SUBMITTED})


def name_peer(review: Review, peer: Person, *, by: Account) -> ReviewPart:
    """Propose a peer; who answers for the person, or HR, agrees in the same breath.

    Raises:
        Refused: if peers are no longer named, or this one cannot be asked (``field`` is ``peer``).

    """
    # The lock keeps two requests from both finding a free place.
    db.session.refresh(review, ["state", "version"], with_for_update=True)
    if review.state is not ReviewState.WRITING:
        raise Refused(_("Peers are named while parts are written."))
    known = _peer_part(review, peer)
    _require_free(review, known)
    require_fit(review, peer)
    part = known or ReviewPart(
        review=review,
        kind=PartKind.PEER,
        author=peer,
        author_id=peer.id,
        created_at=clock.now(),
    )
    part.state, part.named_by_id, part.reason = PartState.NAMED, by.id, ""
    db.session.add(part)
    audit.record(ReviewsFact.PEER_NAMED, part, by=by, about=review.person_id)
    if not policy.is_about(by, review) and by.person_id != peer.id:
        _agree(part, by=by)
    return part


def _peer_part(review: Review, peer: Person) -> ReviewPart | None:
    found = sa.select(ReviewPart).where(
        ReviewPart.review_id == review.id,
        ReviewPart.author_id == peer.id,
        ReviewPart.kind == PartKind.PEER,
    )
    part: ReviewPart | None = db.session.scalar(found)
    if part is not None and part.state in COUNTED:
        raise Refused(_("%(who)s has been named already.", who=peer.display_name), field="peer")
    if part is not None and part.state is PartState.DECLINED:
        raise Refused(
            _("%(who)s has declined. Choose someone else.", who=peer.display_name), field="peer"
        )
    return part


def _require_free(review: Review, known: ReviewPart | None) -> None:
    count = sa.select(sa.func.count()).where(
        ReviewPart.review_id == review.id,
        ReviewPart.kind == PartKind.PEER,
        ReviewPart.state.in_(COUNTED),
        ReviewPart.id != (known.id if known else 0),
    )
    most = review.cycle.peers_wanted + SPARE
    if (db.session.scalar(count) or 0) >= most:
        raise Refused(
            _("%(most)s peers are named already. Take one back first.", most=most), field="peer"
        )


def require_fit(review: Review, peer: Person) -> None:
    """Make sure that somebody can be a peer of the person.

    Raises:
        Refused: if it is the person, somebody who answers for them now or soon, who reports to
            them, or who does not work here.

    """
    who = peer.display_name
    if peer.id == review.person_id:
        raise Refused(_("Nobody is their own peer. Choose a colleague."), field="peer")
    if not _works_here(peer):
        raise Refused(_("%(who)s does not work here today.", who=who), field="peer")
    if peer.id == review.manager_id or answers_for(peer.id, review.person_id):
        raise Refused(
            _("%(who)s writes or checks this review as a manager. Choose a colleague.", who=who),
            field="peer",
        )
    if answers_for(review.person_id, peer.id):
        raise Refused(
            _("%(who)s reports to the person reviewed. Choose a colleague.", who=who),
            field="peer",
        )


def _works_here(person: Person) -> bool:
    return db.session.scalar(people.working_people().where(Person.id == person.id)) is not None


def answers_for(manager_id: int, person_id: int) -> bool:
    """Whether one is the manager of another, or leads their team or one above, now or later."""
    today = clock.today()
    found = sa.select(Employment).where(
        Employment.person_id == person_id,
        sa.or_(Employment.ends_on.is_(None), Employment.ends_on >= today),
    )
    for job in db.session.scalars(found):
        team: Team | None = job.team
        if job.manager_id == manager_id:
            return True
        while team is not None:
            if team.lead_id == manager_id:
                return True
            team = team.parent
    return False


def decide_peer(part: ReviewPart, *, agreed: bool, reason: str = "", by: Account) -> None:
    """Agree to a proposed peer, who is then asked; or not, with a reason for the person.

    Raises:
        Refused: if it was decided already, or a reason is missing.

    """
    if agreed:
        require_fit(part.review, part.author)
        _agree(part, by=by)
        return
    require_move(PART_MOVES, part.state, PartState.REFUSED)
    if not reason.strip():
        raise Refused(_("Say why, so that somebody else can be named."), field="reason")
    part.state, part.reason, part.decided_by_id = PartState.REFUSED, reason.strip(), by.id
    audit.record(ReviewsFact.PEER_REFUSED, part, by=by, about=part.review.person_id)
    notices.peer_refused(part)


def _agree(part: ReviewPart, *, by: Account) -> None:
    require_move(PART_MOVES, part.state, PartState.OPEN)
    part.state, part.decided_by_id = PartState.OPEN, by.id
    audit.record(ReviewsFact.PEER_AGREED, part, by=by, about=part.review.person_id)
    notices.peer_asked(part)


def withdraw_peer(part: ReviewPart, *, by: Account) -> None:
    """Take a proposal back before anybody decided about it.

    Raises:
        Refused: if it is too late.

    """
    if part.state is not PartState.NAMED:
        raise Refused(_("This peer has been decided about already."))
    part.state = PartState.UNUSED
    audit.record(ReviewsFact.PEER_REFUSED, part, by=by, about=part.review.person_id)


def decline_part(part: ReviewPart, *, reason: str, by: Account) -> None:
    """Say that one would rather not write as a peer or about one's own manager.

    Raises:
        Refused: if the part is no longer open, is one's duty, or the reason is missing.

    """
    if part.kind not in {PartKind.PEER, PartKind.UPWARD}:
        raise Refused(_("This part cannot be declined."))
    require_move(PART_MOVES, part.state, PartState.DECLINED)
    if not reason.strip():
        raise Refused(_("Say why in a few words."), field="reason")
    part.state, part.reason = PartState.DECLINED, reason.strip()
    audit.record(ReviewsFact.PART_DECLINED, part, by=by, about=part.review.person_id)
    if part.kind is PartKind.PEER:
        notices.peer_declined(part)
