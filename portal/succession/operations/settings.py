"""How the organisation plans: settings, readiness scale and what it starts from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.succession.models import ReadinessLevel, SuccessionSettings, TalentGrid
from portal.succession.states import SuccessionFact

STARTER = Path(__file__).resolve().parents[1] / "starter" / "succession.toml"


def settings() -> SuccessionSettings:
    """The organisation's settings; before anybody changed them, what they start as."""
    found = db.session.scalar(sa.select(SuccessionSettings))
    return found or SuccessionSettings(
        tell_nominees=False, stale_months=12, review_months=12, stuck_months=24
    )


def change_settings(
    *, tell_nominees: bool, stale_months: int, review_months: int, stuck_months: int, by: Account
) -> SuccessionSettings:
    """Say whether nominees are told, and after how many months plans raise an alarm."""
    row = settings()
    row.tell_nominees, row.stale_months = tell_nominees, stale_months
    row.review_months, row.stuck_months = review_months, stuck_months
    db.session.add(row)
    audit.record(SuccessionFact.SETTINGS_CHANGED, row, by=by)
    return row


def add_level(
    *,
    key: str,
    name: Words,
    months_from: int,
    months_to: int | None,
    is_ready: bool,
    by: Account | None,
) -> ReadinessLevel:
    """Add a step at the end of the readiness scale.

    Raises:
        Refused: if another step has this key, or it ends before it begins.
    """
    _check_months(months_from, months_to)
    rows = db.session.scalars(sa.select(ReadinessLevel)).all()
    if any(row.key == key for row in rows):
        raise Refused(_("Another step has this key."), "key")
    level = ReadinessLevel(
        key=key, name=name, months_from=months_from, months_to=months_to, is_ready=is_ready,
        order=max((row.order for row in rows), default=0) + 1,
    )  # fmt: skip
    db.session.add(level)
    audit.record(SuccessionFact.SCALE_CHANGED, level, by=by)
    return level


def change_level(
    level: ReadinessLevel,
    *,
    name: Words,
    months_from: int,
    months_to: int | None,
    is_ready: bool,
    is_retired: bool,
    by: Account,
) -> None:
    """Change a step of the readiness scale; a retired one stays with those who stand on it.

    Raises:
        Refused: if no step in use would be left that counts as ready, or it ends before it begins.
    """
    _check_months(months_from, months_to)
    others = sa.select(ReadinessLevel).where(
        ReadinessLevel.id != level.id,
        ReadinessLevel.is_ready,
        ReadinessLevel.is_retired.is_(False),
    )
    if (not is_ready or is_retired) and db.session.scalar(others.limit(1)) is None:
        raise Refused(_("One step has to count as ready."), "is_ready")
    level.name, level.months_from, level.months_to = name, months_from, months_to
    level.is_ready, level.is_retired = is_ready, is_retired
    audit.record(SuccessionFact.SCALE_CHANGED, level, by=by)


def _check_months(first: int, last: int | None) -> None:
    if last is not None and last < first:
        raise Refused(_("This comes before the first month."), "months_to")


def load_succession(by: Account | None) -> None:
    """Add the starter scale and grid where there is none."""
    starter = tomllib.loads(STARTER.read_text("utf-8"))
    if db.session.scalar(sa.select(ReadinessLevel.id).limit(1)) is None:
        for values in starter["level"]:
            add_level(**values, by=by)
    if db.session.scalar(sa.select(TalentGrid.id).limit(1)) is None:
        grid = TalentGrid(**starter["grid"], in_use=True, created_at=clock.now())
        db.session.add(grid)
        audit.record(SuccessionFact.GRID_CHANGED, grid, by=by)
