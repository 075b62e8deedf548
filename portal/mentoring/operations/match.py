"""The match of a round: run, corrected by hand, published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.mentoring import matching, notices, queries
from portal.mentoring.fit import barrier as barrier_of
from portal.mentoring.matching import Fit, Left
from portal.mentoring.models import (
    MentoringEntry,
    MentoringMatch,
    MentoringPair,
    MentoringProgramme,
    PairGoal,
)
from portal.mentoring.operations.programme import drop_proposals
from portal.mentoring.states import (
    Alone,
    Barrier,
    MatchMode,
    MentoringFact,
    PairState,
    ProgrammeState,
    Side,
)

MATCHED_IN = (ProgrammeState.MATCHING, ProgrammeState.RUNNING)


def run_match(
    programme: MentoringProgramme, mode: MatchMode, weights: Mapping[str, int], *, by: Account
) -> MentoringMatch:
    """Suggest the best pairs of all who have none; locked suggestions stay.

    Raises:
        Refused: if the sign-up still runs, or no kind of fit counts.

    """
    _require_matching(programme)
    if not sum(weights.values()):
        raise Refused(_("Give points to at least one kind of fit."), "weight_goal")
    programme.mode, programme.weights = mode, dict(weights)
    people = queries.gather(programme, clock.today())
    found = matching.match(people.mentees, people.mentors, weights, mode, people.locked)
    drop_proposals(programme)
    run = MentoringMatch(
        programme=programme, mode=mode, weights=dict(weights), total=found.total,
        unmatched=[_left(one) for one in found.alone], ran_at=clock.now(), ran_by_id=by.id,
    )  # fmt: skip
    db.session.add(run)
    db.session.add_all(_pair(programme, run, fit) for fit in found.fits)
    audit.record(MentoringFact.MATCHED, run, by=by)
    return run


def _require_matching(programme: MentoringProgramme) -> None:
    if not programme.is_round or programme.state not in MATCHED_IN:
        raise Refused(_("Close the sign-up first."))


def _left(one: Left) -> Json:
    row: Json = {"person_id": one.person_id, "side": str(one.side), "reason": str(one.reason)}
    return row | ({"best": asdict(one.best)} if one.best else {})


def _pair(programme: MentoringProgramme, run: MentoringMatch, fit: Fit) -> MentoringPair:
    terms = [asdict(term) | {"kind": str(term.kind), "about": list(term.about)}
             for term in fit.terms]  # fmt: skip
    return MentoringPair(
        programme=programme, match=run, mentor_id=fit.mentor_id, mentee_id=fit.mentee_id,
        state=PairState.PROPOSED, locked=fit.locked, score=fit.score, terms=terms,
        bests={"mentor": asdict(fit.best_mentor), "mentee": asdict(fit.best_mentee)},
        created_at=clock.now(),
    )  # fmt: skip


def lock_pair(pair: MentoringPair, *, locked: bool, by: Account) -> None:
    """Keep a suggestion through further runs, or no longer.

    Raises:
        Refused: if the two know of it already.

    """
    _require_proposed(pair)
    pair.locked = locked
    audit.record(MentoringFact.PAIR_LOCKED, pair, by=by, about=pair.mentee_id)


def _require_proposed(pair: MentoringPair) -> None:
    if pair.state is not PairState.PROPOSED:
        raise Refused(_("The two know of each other already."))


def pair_by_hand(
    programme: MentoringProgramme, mentee_id: int, mentor_id: int, *, by: Account
) -> MentoringMatch:
    """Put two together and lock them; everybody else is matched anew around them.

    Raises:
        Refused: if a rule forbids the pair, or the mentor has no place left.

    """
    _require_matching(programme)
    people = queries.gather(programme, clock.today())
    mentee = next((one for one in people.mentees if one.person_id == mentee_id), None)
    mentor = next((one for one in people.mentors if one.person_id == mentor_id), None)
    if mentee is None:
        raise Refused(_("Choose somebody who looks for a mentor."), "mentee")
    if mentor is None:
        raise Refused(_("Choose somebody who takes mentees."), "mentor")
    if barrier := barrier_of(mentee, mentor):
        raise Refused(in_words(barrier), "mentor")
    others = [pair for pair in people.locked if pair[1] == mentor_id and pair[0] != mentee_id]
    if len(others) >= mentor.seats:
        raise Refused(_("This mentor has no place left."), "mentor")
    _forget_proposal(programme, mentee_id)
    db.session.add(MentoringPair(
        programme=programme, mentor_id=mentor_id, mentee_id=mentee_id, state=PairState.PROPOSED,
        locked=True, created_at=clock.now(),
    ))  # fmt: skip
    db.session.flush()
    return run_match(programme, programme.mode, programme.weights, by=by)


def _forget_proposal(programme: MentoringProgramme, mentee_id: int) -> None:
    row = sa.select(MentoringPair).where(
        MentoringPair.programme_id == programme.id,
        MentoringPair.mentee_id == mentee_id,
        MentoringPair.state == PairState.PROPOSED,
    )
    if pair := db.session.scalar(row):
        db.session.delete(pair)
        db.session.flush()


def in_words(barrier: Barrier) -> str:
    """Why two can't be a pair."""
    return str(_("They can't be a pair: %(why)s.", why=barrier.label))


def drop_pair(pair: MentoringPair, *, by: Account) -> None:
    """Take a suggestion out; who was in it stays alone until the next run.

    Raises:
        Refused: if the two know of it already.

    """
    _require_proposed(pair)
    run = pair.match
    if run is not None:
        run.unmatched = [*run.unmatched, {
            "person_id": pair.mentee_id, "side": str(Side.MENTEE), "reason": str(Alone.FULL),
            "dropped": True,
        }]  # fmt: skip
    audit.record(MentoringFact.PAIR_LOCKED, pair, by=by, about=pair.mentee_id, dropped=True)
    db.session.delete(pair)


def publish_match(programme: MentoringProgramme, *, by: Account) -> int:
    """Tell everybody whom they meet; returns how many pairs begin.

    Raises:
        Refused: if there is nothing to publish, or something has changed that forbids a pair.

    """
    _require_matching(programme)
    pairs = db.session.scalars(queries.pairs_in(programme.id, PairState.PROPOSED)).all()
    if not pairs:
        raise Refused(_("There is nothing to publish: match people first."))
    _require_allowed(programme, pairs)
    goals = _goals_of(programme, [pair.mentee_id for pair in pairs])
    first = programme.state is ProgrammeState.MATCHING
    for pair in pairs:
        pair.goals = [PairGoal(competency_id=key, level=level) for key, level in
                      goals.get(pair.mentee_id, ())]  # fmt: skip
        _begin(pair, by=by)
    run = db.session.scalar(queries.latest_match(programme.id))
    if run is not None:
        run.published_at = clock.now()
        audit.record(MentoringFact.MATCH_PUBLISHED, run, by=by)
        if first:
            _tell_alone(programme, run)
    if first:
        programme.state = ProgrammeState.RUNNING
        audit.record(MentoringFact.PROGRAMME_MOVED, programme, by=by)
    return len(pairs)


def _begin(pair: MentoringPair, *, by: Account) -> None:
    pair.state, pair.locked = PairState.RUNNING, False
    pair.starts_on = max(clock.today(), pair.programme.starts_on)
    audit.record(MentoringFact.PAIR_BEGUN, pair, by=by, about=pair.mentee_id)
    notices.pair_begun(pair)


def _require_allowed(programme: MentoringProgramme, pairs: Iterable[MentoringPair]) -> None:
    people = queries.gather(programme, clock.today())
    mentees = {one.person_id: one for one in people.mentees}
    mentors = {one.person_id: one for one in people.mentors}
    places = {one.person_id: one.seats for one in people.mentors}
    for pair in pairs:
        mentee, mentor = mentees.get(pair.mentee_id), mentors.get(pair.mentor_id)
        places[pair.mentor_id] = left = places.get(pair.mentor_id, 0) - 1
        if mentee is None or mentor is None or left < 0 or barrier_of(mentee, mentor):
            raise Refused(
                _("%(mentee)s and %(mentor)s can't be a pair any more. Match people again.",
                  mentee=pair.mentee.display_name, mentor=pair.mentor.display_name)
            )  # fmt: skip


def _goals_of(
    programme: MentoringProgramme, mentee_ids: list[int]
) -> dict[int, list[tuple[int, int]]]:
    rows = sa.select(MentoringEntry).where(
        MentoringEntry.programme_id == programme.id,
        MentoringEntry.side == Side.MENTEE,
        MentoringEntry.person_id.in_(mentee_ids),
    )
    rows = rows.options(sa.orm.selectinload(MentoringEntry.goals))
    return {
        one.person_id: [(goal.competency_id, goal.level) for goal in one.goals]
        for one in db.session.scalars(rows)
    }


def _tell_alone(programme: MentoringProgramme, run: MentoringMatch) -> None:
    for one in run.unmatched:
        if one["side"] == str(Side.MENTEE) and one["reason"] != str(Alone.LEFT):
            notices.nobody_found(programme, one["person_id"])
