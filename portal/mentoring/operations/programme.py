"""Programmes: saved, opened, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, Words, db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.mentoring import queries
from portal.mentoring.models import MentoringPair, MentoringProgramme
from portal.mentoring.operations.pair import decline_request, end_pair
from portal.mentoring.states import (
    LIVE,
    OPEN_MOVES,
    ROUND_MOVES,
    EndReason,
    FeedbackPart,
    MatchMode,
    MentoringFact,
    PairState,
    ProgrammeKind,
    ProgrammeState,
    QuestionKind,
)


@dataclass(frozen=True)
class Question:
    """Something both are asked; a new one has no key yet."""

    part: FeedbackPart
    kind: QuestionKind
    text: Words
    key: str = ""


@dataclass(frozen=True)
class Terms:
    """What HR says of a programme."""

    title: Words
    summary: Words
    kind: ProgrammeKind
    starts_on: date
    ends_on: date
    sessions_asked: int
    join_until: date | None = None
    mid_on: date | None = None
    mode: MatchMode = MatchMode.TOTAL
    weights: Json | None = None
    questions: Sequence[Question] = ()


def save_programme(
    programme: MentoringProgramme | None, terms: Terms, *, by: Account | None
) -> MentoringProgramme:
    """Add a programme, or change one.

    Raises:
        Refused: if the days do not fit together, no kind of fit counts, or the kind changes
            although people know of it.

    """
    _check(programme, terms)
    if programme is None:
        programme = MentoringProgramme(
            state=ProgrammeState.DRAFT, created_at=clock.now(), created_by_id=by.id if by else None
        )
        db.session.add(programme)
    programme.title, programme.summary = terms.title, terms.summary
    programme.kind, programme.mode = terms.kind, terms.mode
    programme.starts_on, programme.ends_on = terms.starts_on, terms.ends_on
    programme.mid_on, programme.sessions_asked = terms.mid_on, terms.sessions_asked
    programme.join_until = terms.join_until if terms.kind is ProgrammeKind.ROUND else None
    programme.weights = dict(terms.weights or {})
    programme.questions = _questions(terms.questions)
    audit.record(MentoringFact.PROGRAMME_SAVED, programme, by=by)
    return programme


def _check(programme: MentoringProgramme | None, terms: Terms) -> None:
    if terms.ends_on < terms.starts_on:
        raise Refused(_("It ends before it begins."), "ends_on")
    if terms.kind is ProgrammeKind.ROUND and terms.join_until is None:
        raise Refused(_("Say until when people can sign up."), "join_until")
    if terms.join_until is not None and terms.join_until > terms.ends_on:
        raise Refused(_("Sign-up ends after the programme does."), "join_until")
    if terms.mid_on is not None and not terms.starts_on <= terms.mid_on <= terms.ends_on:
        raise Refused(_("Choose a day between the first and the last."), "mid_on")
    if not sum((terms.weights or {}).values()):
        raise Refused(_("Give points to at least one kind of fit."), "weight_goal")
    known = programme is not None and programme.state is not ProgrammeState.DRAFT
    if programme is not None and known and programme.kind is not terms.kind:
        raise Refused(_("People have signed up already: this stays as it is."), "kind")


def _questions(found: Sequence[Question]) -> list[Json]:
    """Questions with keys: old ones keep theirs, so that their answers stay theirs."""
    used = {one.key for one in found if one.key}
    rows, number = [], 0
    for one in found:
        key = one.key
        while not key:
            number += 1
            key = f"q{number}" if f"q{number}" not in used else ""
        used.add(key)
        rows.append(
            {"key": key, "part": str(one.part), "kind": str(one.kind), "text": dict(one.text)}
        )
    return rows


def move_programme(
    programme: MentoringProgramme, to: ProgrammeState, *, by: Account | None
) -> None:
    """Announce it, close or reopen the sign-up, or end it with all its pairs.

    A round goes under way by publishing its match.

    Raises:
        Refused: if it cannot go there from where it is.

    """
    moves = ROUND_MOVES if programme.is_round else OPEN_MOVES
    require_move(moves, programme.state, to)
    if programme.is_round and to is ProgrammeState.RUNNING:
        raise Refused(_("Match people first, then publish the match."))
    programme.state = to
    audit.record(MentoringFact.PROGRAMME_MOVED, programme, by=by)
    if to is ProgrammeState.CLOSED:
        for pair in db.session.scalars(queries.pairs_in(programme.id, *LIVE)).all():
            end_pair(pair, EndReason.DONE, by=by)
        asked = queries.pairs_in(programme.id, PairState.REQUESTED)
        for pair in db.session.scalars(asked).all():
            decline_request(pair, by=by)
        drop_proposals(programme)


def drop_proposals(programme: MentoringProgramme, *, locked: bool = True) -> None:
    """Forget suggestions nobody was told of; ``locked`` ones too, unless they should stay."""
    rows = sa.select(MentoringPair).where(
        MentoringPair.programme_id == programme.id, MentoringPair.state == PairState.PROPOSED
    )
    if not locked:
        rows = rows.where(MentoringPair.locked.is_(False))
    for pair in db.session.scalars(rows).all():
        db.session.delete(pair)
    db.session.flush()
