"""The board and the table of one posting: the same cost for three applications and 20,000."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import joinedload

from portal.core import clock, search
from portal.core.tables import Filter
from portal.hiring.models import Application, Posting, Requisition
from portal.hiring.states import OPEN_STAGES, ApplicationSource, Stage

CARDS = 6
"""How many cards a column shows; the rest is in the table."""

_A = Application
ROW = (
    _A.id,
    _A.given_name,
    _A.family_name,
    _A.language,
    _A.headline,
    _A.stage,
    _A.stage_since,
    _A.applied_at,
    _A.source,
    _A.screening_score,
    _A.answers,
    _A.version,
    _A.rejection_reason,
    _A.erased_at,
)
"""What a card and a row need: columns, since a list of entities costs three times as much."""

_REQUISITION = joinedload(Posting.requisition, innerjoin=True)
WITH_REQUISITION = (
    _REQUISITION.joinedload(Requisition.site, innerjoin=True),
    _REQUISITION.joinedload(Requisition.team, innerjoin=True),
)
"""What the rules and the head of board and table ask for, in the statement that loads a posting."""


def rows_of(posting_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The applications of a posting as rows."""
    return sa.select(*ROW).where(Application.posting_id == posting_id)


def cards(rows: sa.Select[*tuple[Any, ...]], most: int = CARDS) -> sa.Select[*tuple[Any, ...]]:
    """The ones waiting longest of each open stage, in one statement whose parts each stop early."""
    parts = [
        rows.where(Application.stage == stage)
        .order_by(Application.stage_since, Application.id)
        .limit(most)
        .subquery()
        for stage in OPEN_STAGES
    ]
    return sa.union_all(*(sa.select(part) for part in parts))  # type: ignore[return-value]


def counts_of(rows: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    """``(stage, count)`` of the narrowed rows; without a filter the kept counts are faster."""
    return rows.with_only_columns(Application.stage, sa.func.count()).group_by(Application.stage)


def waits_too_long(posting: Posting) -> sa.ColumnElement[bool]:
    """Open, and longer at its stage than the posting promises an answer in."""
    limit = clock.now() - timedelta(days=posting.answer_days)
    return sa.and_(Application.stage.in_(OPEN_STAGES), Application.stage_since < limit)


def late_count(posting: Posting) -> sa.Select[*tuple[Any, ...]]:
    """How many applications of a posting wait too long."""
    return sa.select(sa.func.count()).where(
        Application.posting_id == posting.id, waits_too_long(posting)
    )


def tab_condition(tab: str, posting: Posting) -> sa.ColumnElement[bool]:
    """What a tab of the table shows; an unknown one shows everyone who is still in."""
    conditions = {
        "needs-me": Application.stage == Stage.APPLIED,
        "waiting": waits_too_long(posting),
        "hired": Application.stage == Stage.HIRED,
        "rejected": Application.stage == Stage.REJECTED,
        "withdrawn": Application.stage == Stage.WITHDRAWN,
    }
    return conditions.get(tab, Application.stage.in_(OPEN_STAGES))


def table_order(tab: str) -> list[tuple[Any, bool]]:
    """Waiting longest first; what has ended, latest first. Each order is an index's."""
    if tab in {"hired", "rejected", "withdrawn"}:
        return [(Application.stage_since, True), (Application.id, True)]
    if tab == "needs-me":
        return [(Application.stage_since, False), (Application.id, False)]
    return [(Application.applied_at, False), (Application.id, False)]


def filters() -> list[Filter]:
    """What board and table can be narrowed by."""
    waits = [
        (str(days), ngettext("Over %(num)d day", "Over %(num)d days", days))
        for days in (1, 3, 5, 10, 30)
    ]
    return [
        Filter(
            "q",
            _l("Search"),
            lambda asked: Application.id.in_(search.matches("application", asked[0])),
        ),
        Filter(
            "source",
            _l("Source"),
            lambda chosen: Application.source == chosen[0],
            offer=ApplicationSource,
        ),
        Filter(
            "wait",
            _l("Waiting"),
            lambda chosen: Application.stage_since < (clock.now() - timedelta(days=int(chosen[0]))),
            offer=waits,
        ),
        Filter("stage", _l("Stage"), lambda chosen: Application.stage == chosen[0], offer=Stage),
    ]
