"""Nominations: proposed, approved by a second person, judged anew, put in order, ended."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers import queries as careers
from portal.careers.readiness import met, readiness
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.people.models import Employment, Person
from portal.succession import notices, queries
from portal.succession.models import (
    KeyPosition,
    Nomination,
    NominationChange,
    ReadinessLevel,
)
from portal.succession.operations.settings import settings
from portal.succession.states import (
    NOMINATION_MOVES,
    EndReason,
    NominationState,
    SuccessionFact,
)


def nominate(
    key_position: KeyPosition,
    person: Person,
    *,
    level: ReadinessLevel | None,
    is_emergency: bool = False,
    reason: str,
    by: Account,
) -> Nomination:
    """Propose somebody for a key position; it counts once a second person has approved.

    Raises:
        Refused: if it has no purpose or no reason, or the person holds the position, is named for
            it already, does not work here, or is the proposer.
    """
    today = clock.today(by.time_zone)
    _check_purpose(level, is_emergency=is_emergency, reason=reason)
    if person.id == by.person_id:
        raise Refused(_("Nobody names themself."), "person")
    if person.employment_on(today) is None:
        raise Refused(_("%(who)s does not work here today.", who=person.display_name), "person")
    if any(row.person_id == person.id for row in _holders(key_position)):
        raise Refused(_("%(who)s holds this position.", who=person.display_name), "person")
    there = [one for one in key_position.nominations if one.is_open]
    if any(one.nominee_id == person.id for one in there):
        raise Refused(
            _("%(who)s is named for this position already.", who=person.display_name), "person"
        )
    nomination = Nomination(
        key_position=key_position, nominee=person, level=level, is_emergency=is_emergency,
        rank=max((one.rank for one in there), default=0) + 1, reason=reason.strip(),
        lines=lines_of(person.id, key_position), judged_on=today, level_since=today,
        state=NominationState.PROPOSED, proposed_at=clock.now(), proposed_by_id=by.id,
    )  # fmt: skip
    db.session.add(nomination)
    _write(nomination, SuccessionFact.NOMINATED, reason, by=by)
    notices.to_approve(nomination, by=by)
    return nomination


def decide_nomination(
    nomination: Nomination, *, approved: bool, note: str = "", by: Account
) -> None:
    """Approve a nomination or not, as a second person.

    Raises:
        Refused: if the decider proposed it or is named in it, it was decided already, or it is
            turned down without a note.
    """
    if by.id == nomination.proposed_by_id or by.person_id == nomination.nominee_id:
        raise Refused(_("A second person approves this."))
    to = NominationState.APPROVED if approved else NominationState.REFUSED
    require_move(NOMINATION_MOVES, nomination.state, to)
    if not approved and not note.strip():
        raise Refused(_("Say why not."), "note")
    nomination.state, nomination.decision_note = to, note.strip()
    nomination.decided_at, nomination.decided_by_id = clock.now(), by.id
    fact = SuccessionFact.NOMINATION_APPROVED if approved else SuccessionFact.NOMINATION_REFUSED
    _write(nomination, fact, note, by=by)
    notices.decided(nomination, by=by, tell_nominee=settings().tell_nominees)


def judge_nomination(
    nomination: Nomination,
    *,
    level: ReadinessLevel | None,
    is_emergency: bool,
    reason: str,
    by: Account,
) -> None:
    """Judge readiness anew; another level than before has to be approved again.

    Raises:
        Refused: if the nomination is over, or has no purpose or no reason left.
    """
    _check_purpose(level, is_emergency=is_emergency, reason=reason)
    _check_open(nomination)
    today = clock.today(by.time_zone)
    changed = (level, is_emergency) != (nomination.level, nomination.is_emergency)
    if level is not nomination.level:
        nomination.level_since = today
    nomination.level, nomination.is_emergency = level, is_emergency
    nomination.reason, nomination.judged_on = reason.strip(), today
    nomination.lines = lines_of(nomination.nominee_id, nomination.key_position)
    if changed:
        nomination.state = NominationState.PROPOSED
        nomination.proposed_by_id, nomination.proposed_at = by.id, clock.now()
        nomination.decided_at = nomination.decided_by_id = None
    _write(nomination, SuccessionFact.NOMINATION_CHANGED, reason, by=by)
    if changed:
        notices.to_approve(nomination, by=by)


def rank_nominations(
    key_position: KeyPosition, order: Sequence[Nomination], *, by: Account
) -> None:
    """Put the open nominations in order, the first choice first; those left out come after.

    Raises:
        Refused: if one of them belongs to another position or is over.
    """
    there = [one for one in key_position.nominations if one.is_open]
    if not set(order) <= set(there):
        raise Refused(_("Somebody was faster: the successors have changed."))
    rest = [one for one in there if one not in order]
    for rank, nomination in enumerate([*order, *rest], start=1):
        if nomination.rank != rank:
            nomination.rank = rank
            _write(nomination, SuccessionFact.RANKED, by=by)
    db.session.expire(key_position, ["nominations"])


def end_nomination(
    nomination: Nomination, reason: EndReason, *, note: str = "", by: Account | None
) -> None:
    """End a nomination; its history stays.

    Raises:
        Refused: if it is over already.
    """
    _check_open(nomination)
    nomination.state, nomination.end_reason = NominationState.ENDED, reason
    nomination.ended_at = clock.now()
    _write(nomination, SuccessionFact.NOMINATION_ENDED, note, by=by)


def lines_of(person_id: int, key_position: KeyPosition) -> Json:
    """How somebody stands with what the position's role asks, by the function of *My path*."""
    today = clock.today()
    needs = careers.needs_of(key_position.position.role_id, today)
    found = readiness(careers.facts_of([person_id], needs, today)[person_id], needs, today)
    return {
        "met": met(found),
        "total": len(found),
        "missing": [line.need.key for line in found if not line.is_met],
    }


def _check_purpose(level: ReadinessLevel | None, *, is_emergency: bool, reason: str) -> None:
    if level is None and not is_emergency:
        raise Refused(_("Choose a readiness, or emergency cover."), "level")
    if not reason.strip():
        raise Refused(_("Say what this rests on."), "reason")


def _check_open(nomination: Nomination) -> None:
    if not nomination.is_open:
        raise Refused(_("This nomination is over."))


def _holders(key_position: KeyPosition) -> Sequence[Employment]:
    found = queries.holders_of([key_position.position_id], clock.today())
    return db.session.scalars(found).all()


def _write(
    nomination: Nomination, fact: SuccessionFact, reason: str = "", *, by: Account | None
) -> None:
    """Keep the step in the nomination's history; the trail names the position, nobody else."""
    db.session.flush()
    step = NominationChange(
        nomination_id=nomination.id, fact=str(fact), level_id=nomination.level_id,
        rank=nomination.rank, is_emergency=nomination.is_emergency, reason=reason.strip(),
        changed_at=clock.now(), changed_by_id=by.id if by else None,
    )  # fmt: skip
    db.session.add(step)
    audit.record(fact, nomination.key_position, by=by)
