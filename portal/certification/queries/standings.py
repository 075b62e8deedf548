"""How many people stand with many certifications on a day, by the database itself.

The result is that of ``standing.standing_of``, written as a statement for filters and counts over
everybody. Each fact about a person and a certification becomes a text whose order is the order in
which facts count; the greatest text of a pair decides.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.certification.models import (
    Award,
    AwardCheck,
    AwardLapse,
    CertificationVersion,
    Pursuit,
    Revocation,
    Waiver,
)
from portal.certification.queries.dates import days_after, earliest
from portal.certification.queries.required import Among, required
from portal.certification.states import Standing

NO_END = date(9999, 12, 31)
"""Stands for the last day of what no date ends."""

_STARTED, _PAST, _WAIVED, _IN_FORCE = "0", "1", "2", "3"
_NUMBER = 10**10
_LAST, _STANDING = 33, 43
_NO_AWARD = "-" * (_STANDING - 2)


def standings(
    day: date, *, certification_ids: Collection[int] | None = None, among: Among = None
) -> sa.CTE:
    """Pairs of person and certification of which anything is known or asked on a day.

    Columns: ``person_id``, ``certification_id``, ``standing``, ``last_day`` (an ISO text), and as
    0 or 1 whether it is ``required`` of the person and whether it was due by the day (``overdue``).
    A pair that is missing stands as *not started* and is not required.
    """
    facts = sa.union_all(
        _of_awards(_dated_awards(day, certification_ids, among), day),
        _narrowed(_of_waivers(day), Waiver, certification_ids, among),
        _narrowed(_of_pursuits(day), Pursuit, certification_ids, among),
        required(day, certification_ids, among),
    ).subquery("fact")
    key = sa.func.max(facts.c.key)
    best = (
        sa.select(
            facts.c.person_id,
            facts.c.certification_id,
            key.label("key"),
            sa.func.max(facts.c.required).label("required"),
            sa.func.max(facts.c.overdue).label("overdue"),
        )
        .group_by(facts.c.person_id, facts.c.certification_id)
        .subquery("best")
    )
    standing = sa.case(
        (best.c.key == "", Standing.NOT_STARTED.value), else_=sa.func.substr(best.c.key, _STANDING)
    )
    return sa.select(
        best.c.person_id,
        best.c.certification_id,
        standing.label("standing"),
        sa.func.substr(best.c.key, _LAST, 10).label("last_day"),
        best.c.required,
        best.c.overdue,
    ).cte("standings")


def _of_awards(award: sa.CTE, day: date) -> sa.Select[Any]:
    """The awards that say something on a day, each as the text it counts by."""
    last = award.c.last_day
    number = sa.cast(sa.cast(award.c.id, sa.BigInteger) + _NUMBER, sa.String)
    by_expiry = sa.and_(last == award.c.expires_on, last >= award.c.grace_from)
    holds = sa.and_(~award.c.revoked, ~award.c.waits, sa.or_(last >= day, by_expiry))
    rank = sa.case(
        (holds, sa.literal(_IN_FORCE).concat(_text(last))),
        else_=sa.literal(_PAST).concat(_text(award.c.issued_on)),
    )
    key = rank.concat(_text(award.c.issued_on)).concat(number).concat(_text(last))
    key = key.concat(_standing(award, day))
    return _fact(award.c.person_id, award.c.certification_id, key)


def _dated_awards(day: date, certification_ids: Collection[int] | None, among: Among) -> sa.CTE:
    """What decides how awards stand that were neither refused nor replaced.

    It is kept as a table, since each value is looked at several times.
    """
    rule, lapse = _rules(day), _lapses(day)
    revoked = sa.and_(Revocation.revoked_on.is_not(None), Revocation.revoked_on <= day)
    select = (
        sa.select(
            Award.id,
            Award.person_id,
            Award.certification_id,
            Award.issued_on,
            Award.expires_on,
            revoked.label("revoked"),
            sa.and_(Award.needs_check, AwardCheck.id.is_(None)).label("waits"),
            earliest(
                sa.func.coalesce(Award.expires_on, NO_END),
                rule.c.void_last,
                sa.func.coalesce(lapse.c.lapses_on, NO_END),
            ).label("last_day"),
            rule.c.grace_from,
            rule.c.expiring_until,
            rule.c.opens_until,
        )
        .outerjoin(rule, rule.c.id == Award.version_id)
        .outerjoin(AwardCheck, AwardCheck.award_id == Award.id)
        .outerjoin(Revocation, Revocation.award_id == Award.id)
        .outerjoin(lapse, lapse.c.award_id == Award.id)
        .where(
            Award.issued_on <= day,
            sa.or_(AwardCheck.agreed.is_(None), AwardCheck.agreed),
            sa.or_(revoked, ~_replaced(day)),
        )
    )
    narrowed = _narrowed(select, Award, certification_ids, among)
    return narrowed.cte("dated").prefix_with("MATERIALIZED")


def _rules(day: date) -> sa.CTE:
    """Of each version the days that last days are held against."""
    version, today = CertificationVersion, sa.literal(day, sa.Date)
    return (
        sa.select(
            version.id,
            sa.func.coalesce(days_after(version.void_from, sa.literal(-1)), NO_END).label(
                "void_last"
            ),
            days_after(today, -version.grace_days).label("grace_from"),
            days_after(today, version.expiring_days).label("expiring_until"),
            sa.case(
                (version.window_days > 0, days_after(today, version.window_days)),
                else_=date.min,
            ).label("opens_until"),
        )
        .cte("rule")
        .prefix_with("MATERIALIZED")
    )


def _lapses(day: date) -> sa.CTE:
    """The last day of awards whose holder had left by then and was not back in time."""
    late = AwardLapse.returned_on > days_after(AwardLapse.lapses_on, sa.literal(1))
    return (
        sa.select(AwardLapse.award_id, sa.func.min(AwardLapse.lapses_on).label("lapses_on"))
        .where(AwardLapse.left_on < day, sa.or_(AwardLapse.returned_on.is_(None), late))
        .group_by(AwardLapse.award_id)
        .cte("lapse")
        .prefix_with("MATERIALIZED")
    )


def _replaced(day: date) -> sa.ColumnElement[bool]:
    """By an award that counts and had begun."""
    after, check = aliased(Award), aliased(AwardCheck)
    return (
        sa.select(after.id)
        .outerjoin(check, check.award_id == after.id)
        .where(
            after.supersedes_id == Award.id,
            after.issued_on <= day,
            sa.func.coalesce(check.agreed, ~after.needs_check),
        )
        .correlate(Award)
        .exists()
    )


def _standing(award: sa.CTE, day: date) -> sa.Case[str]:
    """``standing.standing_of_award`` for awards that are neither refused nor replaced."""
    last = award.c.last_day
    by_expiry = last == award.c.expires_on
    return sa.case(
        (award.c.revoked, Standing.REVOKED.value),
        (award.c.waits, Standing.AWAITING_CHECK.value),
        (last == NO_END, Standing.VALID.value),
        (
            last < day,
            sa.case(
                (sa.and_(by_expiry, last >= award.c.grace_from), Standing.GRACE.value),
                else_=Standing.EXPIRED.value,
            ),
        ),
        (last < award.c.expiring_until, Standing.EXPIRING.value),
        (last <= award.c.opens_until, Standing.WINDOW.value),
        else_=Standing.VALID.value,
    )


def _of_waivers(day: date) -> sa.Select[Any]:
    key = sa.literal(f"{_WAIVED}{_NO_AWARD}{Standing.WAIVED.value}")
    return _fact(Waiver.person_id, Waiver.certification_id, key).where(
        Waiver.starts_on <= day, sa.or_(Waiver.ends_on.is_(None), Waiver.ends_on >= day)
    )


def _of_pursuits(day: date) -> sa.Select[Any]:
    """What was under way at the end of a day."""
    key = sa.literal(f"{_STARTED}{_NO_AWARD}{Standing.IN_PROGRESS.value}")
    return _fact(Pursuit.person_id, Pursuit.certification_id, key).where(*under_way(day))


def under_way(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Pursuits that were open at the end of a day."""
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    return Pursuit.opened_at < end, sa.or_(Pursuit.closed_at.is_(None), Pursuit.closed_at >= end)


def _fact(person: Any, certification: Any, key: Any) -> sa.Select[Any]:  # noqa: ANN401 - columns
    return sa.select(
        person.label("person_id"),
        certification.label("certification_id"),
        key.label("key"),
        sa.literal(0).label("required"),
        sa.literal(0).label("overdue"),
    )


def _narrowed(
    select: sa.Select[Any],
    model: type[Award | Pursuit | Waiver],
    certification_ids: Collection[int] | None,
    among: Among,
) -> sa.Select[Any]:
    """Facts about some certifications or people only."""
    if certification_ids is not None:
        select = select.where(model.certification_id.in_(certification_ids))
    return select if among is None else select.where(model.person_id.in_(among))


def _text(day: Any) -> sa.ColumnElement[str]:  # noqa: ANN401 - a column of days
    return sa.cast(day, sa.String)
