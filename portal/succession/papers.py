"""What the two papers say, as their reader may see it, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers import queries as careers
from portal.careers import wording
from portal.core import clock, i18n
from portal.core.i18n import words
from portal.people.models import Team
from portal.succession import policy
from portal.succession.board import Bench, Row
from portal.succession.charting import organisation
from portal.succession.documents import Named, PositionPlan, Rows, UnitPlan
from portal.succession.models import Nomination, PositionAssessment, SuccessionAction
from portal.succession.states import LossReason, SuccessionFact
from portal.succession.wording import seat_name, seat_place

SHEET, HIGH = 600, 800.0
"""Width and height of a drawing that fits a sheet, in units of the drawing."""

Titles = Mapping[str, str]


def plan_of(row: Row, reader: Account) -> PositionPlan:
    """The plan of a position; without what concerns the reader themself."""
    with force_locale(reader.language):
        titles = requirement_titles(row)
        seat = row.key_position.position
        seen = _seen(row, reader)
        return PositionPlan(
            mark=mark(reader),
            place=seat_name(seat),
            rows=(
                (_("Position"), seat.code),
                (_("Holder"), row.holder.display_name if row.holder else _("Nobody")),
                (_("Plan looked at"), i18n.date(row.key_position.looked_at_on, "long")),
            ),
            risk=_risk(row.assessment),
            warnings=tuple(str(one.alarm.label) for one in row.warnings if not one.nomination),
            successors=tuple(_named(one, row, titles) for one in row.successors if one.level),
            emergency=tuple(
                one.nominee.display_name for one in row.approved if one.is_emergency
            ),
            earlier=tuple(_earlier(one) for one in seen if not one.is_open),
            history=tuple(_history(seen, reader)),
        )  # fmt: skip


def requirement_titles(row: Row) -> dict[str, str]:
    """What the role of a position asks for, by key, in words."""
    return wording.titles(careers.needs_of(row.key_position.position.role_id, clock.today()))


def mark(reader: Account) -> str:
    """What stands on each sheet: whom it was printed for, and when."""
    return _(
        "Confidential. Printed for %(who)s on %(when)s.",
        who=reader.display_name,
        when=i18n.datetime(clock.now(), zone=reader.time_zone),
    )


def _seen(row: Row, reader: Account) -> list[Nomination]:
    return [one for one in row.key_position.nominations if policy.see_nomination(reader, one)]


def _risk(found: PositionAssessment | None) -> Rows:
    if found is None:
        return ()
    reasons = i18n.listed(LossReason(reason).label for reason in found.reasons)
    rows = (
        (_("If it stands empty"), str(found.impact.label)),
        (_("The holder leaves within a year"), str(found.risk.label)),
        (_("Because"), reasons),
        (_("Note"), found.note),
        (_("Judged"), _when(found.assessed_at, found.assessed_by)),
    )
    return tuple(pair for pair in rows if pair[1])


def _when(day: date | datetime, who: Account | None) -> str:
    shown = i18n.date(day, "long")
    return _("%(when)s by %(who)s", when=shown, who=who.display_name) if who else shown


def _named(one: Nomination, row: Row, titles: Titles) -> Named:
    lines = one.lines
    rows = [
        (_("Readiness"), words(one.level.name) if one.level else ""),
        (_("State"), str(one.state.label)),
        (_("Judged"), i18n.date(one.judged_on, "long")),
    ]
    if lines.get("total"):
        met = _("%(met)s of %(all)s",
                met=i18n.number(lines["met"]), all=i18n.number(lines["total"]))  # fmt: skip
        rows.append((_("Requirements met"), met))
    if one.is_emergency:
        rows.append((_("Emergency cover"), _("Could step in at once for some weeks")))
    return Named(
        name=one.nominee.display_name,
        rows=tuple(rows),
        reason=one.reason,
        missing=missing_of(one, titles),
        actions=tuple((_what(action), _by_when(action)) for action in one.actions),
        warnings=tuple(str(two.alarm.label) for two in row.warnings if two.nomination == one),
    )


def missing_of(one: Nomination, titles: Titles) -> tuple[str, ...]:
    """What was not met when readiness was judged, as far as the role still asks for it."""
    return tuple(titles[key] for key in one.lines.get("missing", ()) if key in titles)


def _what(action: SuccessionAction) -> str:
    text = words(action.course.title) if action.course else action.text
    return _("%(what)s (%(kind)s)", what=text, kind=action.kind.label)


def _by_when(action: SuccessionAction) -> str:
    if action.done_on:
        return _("Done on %(day)s", day=i18n.date(action.done_on))
    return i18n.date(action.due_on)


def _earlier(one: Nomination) -> tuple[str, str]:
    said = one.end_reason.label if one.end_reason else one.state.label
    day = one.ended_at or one.decided_at
    return one.nominee.display_name, _("%(what)s, %(day)s", what=said, day=i18n.date(day))


def _history(seen: list[Nomination], reader: Account) -> Iterator[tuple[str, str, str]]:
    """Each step of each nomination: day, what happened, to whom; the newest first."""
    labels = {str(fact): str(fact.label) for fact in SuccessionFact}
    steps = [(step, one) for one in seen for step in one.changes]
    for step, one in sorted(steps, key=lambda pair: pair[0].id, reverse=True):
        what = labels[step.fact]
        if step.level:
            what = _("%(what)s: %(readiness)s", what=what, readiness=words(step.level.name))
        day = i18n.date(step.changed_at, zone=reader.time_zone)
        yield day, one.nominee.display_name, what


def unit_of(bench: Bench, team: Team, teams: list[Team], reader: Account) -> UnitPlan:
    """The bench of a team and all below it, as far as the reader plans for it."""
    with force_locale(reader.language):
        chart = organisation(bench, teams)
        everything = policy.plans_all(reader)
        return UnitPlan(
            mark=mark(reader),
            unit=words(team.name),
            paths=tuple(sorted({row.key_position.position.team.path for row in bench.rows})),
            scope="" if everything else _(
                "Only positions for which %(who)s plans.", who=reader.display_name
            ),
            figures=_figures(bench),
            explained=how_made(),
            warnings=tuple(_warnings(bench)),
            shortages=tuple(_shortages(bench)),
            charts=tuple(chart.split(SHEET, HIGH)) if chart else (),
            positions=tuple(_position(row) for row in bench.rows),
        )  # fmt: skip


def _figures(bench: Bench) -> tuple[tuple[str, str, str], ...]:
    found = bench.coverage
    if not found.posts:
        return ()
    return (
        (_("Key positions"), i18n.number(found.posts), ""),
        (_("Covered"), _share(found.covered, found.posts), _("have somebody who is ready")),
        (_("Covered at the same time"), _share(len(found.matching), found.posts),
         _("if all fell empty at once")),
        (_("Successors a position"), i18n.number(float(found.depth or 0), 1), ""),
    )  # fmt: skip


def _share(part: int, whole: int) -> str:
    return _("%(share)s (%(part)s of %(whole)s)", share=i18n.percent(part / whole),
             part=i18n.number(part), whole=i18n.number(whole))  # fmt: skip


def how_made() -> tuple[str, ...]:
    """How the figures of a bench are worked out."""
    return (
        _("Covered: positions with at least one approved successor who counts as ready, "
          "among all positions."),
        _("Covered at the same time: a person can take one position only. It is the most "
          "positions that can be filled with a different ready person each (maximum matching, "
          "Hopcroft and Karp 1973), among all positions."),
        _("Successors a position: approved successors of any readiness, divided by positions. "
          "Emergency cover counts for none of these."),
    )  # fmt: skip


def _warnings(bench: Bench) -> Iterator[tuple[str, ...]]:
    for row in bench.rows:
        for one in row.warnings:
            who = one.nomination.nominee.display_name if one.nomination else ""
            yield seat_name(row.key_position.position), str(one.alarm.label), who or "–"


def _shortages(bench: Bench) -> Iterator[str]:
    for one in bench.coverage.shortages:
        yield ngettext(
            "%(posts)s share one person who is ready: %(people)s.",
            "%(posts)s share %(num)s people who are ready: %(people)s.",
            len(one.people),
            posts=i18n.listed(seat_name(bench.row(key).key_position.position) for key in one.posts),
            people=i18n.listed(bench.people[key].display_name for key in one.people),
        )


def _position(row: Row) -> tuple[str, ...]:
    seat, judged = row.key_position.position, row.assessment
    named = [
        _("%(who)s: %(readiness)s",
          who=one.nominee.display_name, readiness=words(one.level.name))
        for one in row.approved if one.level
    ]  # fmt: skip
    named += [
        _("Emergency: %(who)s", who=one.nominee.display_name)
        for one in row.approved if one.is_emergency
    ]  # fmt: skip
    risk = ""
    if judged:
        risk = _("%(impact)s; leaving: %(risk)s",
                 impact=judged.impact.label, risk=judged.risk.label)  # fmt: skip
    return (
        words(seat.role.title), seat_place(seat),
        row.holder.display_name if row.holder else "–", risk or "–", i18n.listed(named) or "–",
    )  # fmt: skip
