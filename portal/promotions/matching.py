"""Open postings and people inside: who meets how much of what a role asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.accounts.models import Account
from portal.careers import queries as careers
from portal.careers import wording
from portal.careers.distance import Candidate
from portal.careers.readiness import Line, Need, met, readiness
from portal.careers.states import RequirementKind
from portal.core.db import db
from portal.hiring.models import Posting
from portal.people import queries as people
from portal.people.models import Employment
from portal.promotions import queries
from portal.promotions.models import MoveWish


@dataclass(frozen=True)
class Opening:
    """A posting as somebody inside sees it; ``missing`` are the titles of what is not met."""

    posting: Posting
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    wished: bool
    applied: bool

    @property
    def met(self) -> int:
        """Lines met."""
        return met(self.lines)


def openings_for(person_id: int, wish: MoveWish | None, day: date) -> list[Opening]:
    """Every open posting, what the person would like first, then the nearest."""
    held = db.session.scalar(people.employment_of(person_id, day))
    rows = [
        row
        for row in db.session.execute(queries.open_postings(person_id))
        if row[0].is_open and not _same_post(row[0], held)
    ]
    needs = queries.needs_by_role({row[0].requisition.role_id for row in rows}, day)
    every = [need for asked in needs.values() for need in asked]
    facts = careers.facts_of([person_id], every, day)[person_id]
    names = wording.names_for(every)
    found = []
    for posting, applied in rows:
        asked = posting.requisition
        lines = readiness(facts, needs[asked.role_id], day)
        missing = tuple(wording.title(one.need, names) for one in lines if not one.is_met)
        wished = wish is not None and wish.is_open and wish.fits(asked.role_id, asked.site_id)
        found.append(Opening(posting, lines, missing, wished, applied is not None))
    return sorted(found, key=_order)


def _same_post(posting: Posting, held: Employment | None) -> bool:
    """Whether it looks for somebody to do what the person does, where they do it."""
    asked = posting.requisition
    return held is not None and (held.role_id, held.site_id) == (asked.role_id, asked.site_id)


def _order(one: Opening) -> tuple[bool, float, int]:
    share = one.met / len(one.lines) if one.lines else 0
    return (not one.wished, -share, one.posting.id)


def people_inside(viewer: Account, posting: Posting, day: date) -> list[Candidate]:
    """Who is open to this very post, the nearest to its role first."""
    asked = posting.requisition
    rows = [
        row
        for row in db.session.execute(queries.people_inside(viewer, posting, day))
        if _fits(row.roles, asked.role_id) and _fits(row.sites, asked.site_id)
    ]
    needs = [one for one in careers.needs_of(asked.role_id, day) if _may_be_shown(one, viewer)]
    facts = careers.facts_of([row.id for row in rows], needs, day)
    found = [Candidate(row, readiness(facts[row.id], needs, day)) for row in rows]
    return sorted(found, key=lambda one: (-one.met, one.missing, one.row.sort_name, one.row.id))


def _may_be_shown(need: Need, viewer: Account) -> bool:
    """Corrective actions are nothing a manager of another team reads about."""
    return need.kind is not RequirementKind.CONDUCT or viewer.has_role("hr")


def _fits(wished: Sequence[int], key: int) -> bool:
    """Nothing named means any."""
    return not wished or key in wished
