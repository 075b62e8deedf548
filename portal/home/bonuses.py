"""Runs of bonuses that wait for approval or for being issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.bonuses import periods, queries
from portal.bonuses.models import BonusRun, BonusStatement
from portal.core import i18n
from portal.home.need import Need, Source, by_moment

PATIENCE = timedelta(days=3)
"""How long statements wait before it counts as late."""


def _runs(viewer: Account) -> Iterator[Source]:
    due = by_moment(viewer, PATIENCE)
    if viewer.has_role("executive"):
        proposed = BonusRun.proposed_at
        yield Source(queries.runs_to_approve, BonusRun.id, due, _to_approve, moment=proposed)
    if viewer.has_role("hr"):
        approved = BonusRun.approved_at
        yield Source(_approved_runs, BonusRun.id, due, _to_issue, moment=approved)
    if viewer.has_role("executive", "hr"):
        found, made = queries.corrections_to_approve, BonusStatement.created_at
        yield Source(found, BonusStatement.id, due, _correction, moment=made)


def _approved_runs(_asker: Account) -> sa.Select[BonusRun]:
    return queries.runs_to_issue()


def _to_approve(run: BonusRun, due: date) -> Need:
    title = _("%(plan)s: statements to approve", plan=i18n.words(run.terms.name))
    return _need(run, due, title, _("Approve"))


def _to_issue(run: BonusRun, due: date) -> Need:
    title = _("%(plan)s: statements to issue", plan=i18n.words(run.terms.name))
    return _need(run, due, title, _("Issue the statements"))


def _correction(statement: BonusStatement, due: date) -> Need:
    run = statement.run
    title = _("%(plan)s: a correction to approve", plan=i18n.words(run.terms.name))
    url = url_for("bonuses.bonus_statement", bonus_statement_id=statement.id)
    why = periods.name(run.starts_on, run.ends_on)
    return Need("cash-coin", title, why, due, url, _("Approve"))


def _need(run: BonusRun, due: date, title: str, label: str) -> Need:
    why = periods.name(run.starts_on, run.ends_on)
    return Need(
        "cash-coin", title, why, due, url_for("bonuses.bonus_run", bonus_run_id=run.id), label
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_runs,)
