"""Requirements, what somebody has of them, and what to do, as a person reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

import sqlalchemy as sa
from babel.dates import format_skeleton
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.careers.experience import Demand
from portal.careers.readiness import Line, MetricMark, Need
from portal.careers.states import ExperienceKind, LineState, RequirementKind
from portal.certification.models import Certification, CertificationVersion
from portal.competencies.models import Competency, CompetencyVersion
from portal.core import i18n
from portal.core.db import Words, db
from portal.metrics import wording as metrics
from portal.metrics.models import Metric, MetricVersion
from portal.people.models import Role
from portal.people.states import JOB_FAMILIES
from portal.training.models import Course, Programme

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Names:
    """What ids are called, by kind."""

    known: Mapping[str, Mapping[int, Words]] = field(default_factory=dict)
    metrics: Mapping[int, MetricVersion] = field(default_factory=dict)

    def of(self, kind: str, key: int | None) -> str:
        """A name in the reader's language."""
        return i18n.words(self.known.get(kind, {}).get(key or 0, {}))

    def figure(self, key: int, value: Decimal | None) -> str:
        """A figure as its metric is written."""
        return metrics.figure(value, self.metrics[key]) if key in self.metrics else "–"


def names_for(needs: Collection[Need], courses: Collection[int] = ()) -> Names:
    """The names of everything these needs speak of: six statements at most."""
    ids: dict[str, set[int]] = {"course": set(courses)}
    for need in needs:
        ids.setdefault(str(need.kind), set()).add(need.subject)
        for demand in (one for some in need.alternatives for one in some):
            ids.setdefault("role", set()).add(demand.role_id or 0)
    named = {
        kind: _pairs(_NAMED[kind], keys - {0})
        for kind, keys in ids.items() if kind in _NAMED and keys - {0}
    }  # fmt: skip
    versions = _versions(ids.get("metric", set()))
    named["metric"] = {key: version.name for key, version in versions.items()}
    return Names(named, versions)


def _versions(metric_ids: set[int]) -> dict[int, MetricVersion]:
    """The present definitions of metrics."""
    if not metric_ids:
        return {}
    select = (
        sa.select(Metric.id, MetricVersion)
        .join(MetricVersion, MetricVersion.id == Metric.current_version_id)
        .where(Metric.id.in_(metric_ids))
    )
    return {row[0]: row[1] for row in db.session.execute(select)}


def _pairs(columns: tuple[Any, Any, Any], keys: set[int]) -> dict[int, Words]:
    key, name, joined = columns
    select: sa.Select[Any] = sa.select(key, name).where(key.in_(keys))
    if joined is not None:
        select = select.join(*joined)
    return {row[0]: row[1] for row in db.session.execute(select)}


_NAMED: dict[str, tuple[Any, Any, Any]] = {
    "competency": (
        Competency.id, CompetencyVersion.name,
        (CompetencyVersion, CompetencyVersion.id == Competency.current_version_id),
    ),
    "certification": (
        Certification.id, CertificationVersion.name,
        (CertificationVersion, CertificationVersion.id == Certification.current_version_id),
    ),
    "course": (Course.id, Course.title, None),
    "programme": (Programme.id, Programme.title, None),
    "role": (Role.id, Role.title, None),
}  # fmt: skip
"""The columns of ids and names, and what they need joined."""


def titles(needs: Collection[Need]) -> dict[str, str]:
    """What these needs ask for, by their keys."""
    names = names_for(needs)
    return {need.key: title(need, names) for need in needs}


def title(need: Need, names: Names) -> str:
    """What a role asks for."""
    if need.kind is RequirementKind.EXPERIENCE:
        ways = [wanted(some, names) for some in need.alternatives]
        return _("Experience: %(ways)s", ways=reduce(_either, ways))
    if need.kind is RequirementKind.EDUCATION and need.education is not None:
        return _("Education: %(level)s or higher", level=need.education.label)
    if need.kind is RequirementKind.REVIEW:
        return _("Last review: at least %(level)s", level=i18n.number(need.level))
    if need.kind is RequirementKind.CONDUCT:
        return str(need.kind.label)
    if need.metric is not None:
        return _measured(
            need.metric,
            names.of(need.kind, need.subject),
            names.figure(need.subject, need.metric.mark),
        )
    return _named(need, names.of(need.kind, need.subject))


def _measured(asked: MetricMark, name: str, mark: str) -> str:
    months = duration(asked.months)
    if asked.lower_is_better:
        return _("%(metric)s: at most %(mark)s over %(months)s", metric=name, mark=mark,
                 months=months)  # fmt: skip
    return _("%(metric)s: at least %(mark)s over %(months)s", metric=name, mark=mark,
             months=months)  # fmt: skip


def _named(need: Need, name: str) -> str:
    """What asks for one thing of a list."""
    if need.kind is RequirementKind.COMPETENCY:
        return _("%(competency)s: level %(level)s", competency=name, level=i18n.number(need.level))
    if need.kind is RequirementKind.CERTIFICATION:
        return _("Certificate: %(name)s", name=name)
    if need.kind is RequirementKind.COURSE:
        return _("Course: %(name)s", name=name)
    return _("Programme: %(name)s", name=name)


def wanted(demands: Iterable[Demand], names: Names) -> str:
    """One alternative: all of its demands."""
    return reduce(_both, (_demand(one, names) for one in demands))


def _both(first: str, second: str) -> str:
    return _("%(first)s and %(second)s", first=first, second=second)


def _either(first: str, second: str) -> str:
    return _("%(first)s or %(second)s", first=first, second=second)


def month(day: date) -> str:
    """A month with its year, short."""
    return str(format_skeleton("yMMM", day, locale=i18n.current_locale()))


def _demand(one: Demand, names: Names) -> str:
    months = duration(one.months)
    if one.kind is ExperienceKind.ROLE:
        role = names.of("role", one.role_id)
        return _("%(months)s as %(role)s", months=months, role=role)
    if one.kind is ExperienceKind.FAMILY:
        return _("%(months)s in %(family)s", months=months, family=family_name(one.family))
    return _("%(months)s of leading people", months=months)


def family_name(key: str) -> str:
    """A job family in the reader's language."""
    return str(JOB_FAMILIES.get(key, key.replace("_", " ")))


def duration(months: int) -> str:
    """Years where the months make whole ones, else months."""
    if months and months % 12 == 0:
        return ngettext("%(num)s year", "%(num)s years", months // 12)
    return ngettext("%(num)s month", "%(num)s months", months)


def has(line: Line, names: Names) -> str:
    """What the person has of it."""
    kind = line.need.kind
    if kind is RequirementKind.METRIC:
        return names.figure(line.need.subject, line.figure)
    if kind in {RequirementKind.COMPETENCY, RequirementKind.REVIEW}:
        return _not_seen(kind) if line.level is None else _level(line.level)
    if kind is RequirementKind.EXPERIENCE:
        return reduce(_both, map(duration, line.months))
    if kind is RequirementKind.EDUCATION:
        return str(line.education.label) if line.education else _("Nothing confirmed")
    if kind is RequirementKind.CERTIFICATION:
        return str(line.standing.label) if line.standing else "–"
    return _done(line)


def _done(line: Line) -> str:
    """What is there or is not."""
    if line.need.kind is RequirementKind.CONDUCT:
        return _("Nothing open") if line.is_met else _("One open")
    return _("Completed") if line.is_met else _("Not completed")


def _not_seen(kind: RequirementKind) -> str:
    if kind is RequirementKind.REVIEW:
        return _("No review yet")
    return _("Nobody has observed it yet")


def _level(level: float) -> str:
    # 3.96 is not yet 4, so it must not read like it.
    near = round(float(level), 1)
    near = near - 0.1 if near > level and near == int(near) else near
    return _("Level %(level)s", level=i18n.number(near, None if level == int(level) else 1))


def why_unknown(line: Line) -> str:
    """Why nobody can tell yet; empty where somebody can."""
    if line.state is not LineState.UNKNOWN:
        return ""
    if line.need.kind in {RequirementKind.EXPERIENCE, RequirementKind.EDUCATION}:
        return _("What was added waits for a second person.")
    if line.need.kind is RequirementKind.CERTIFICATION:
        return _("The certificate waits for its check.")
    if line.need.kind is RequirementKind.REVIEW:
        return _("This can be told after the first closed review.")
    if line.need.kind is RequirementKind.METRIC:
        return _("There are no figures for all of these months, or too few cases.")
    return _("It counts once somebody has observed it, or a course that teaches it is completed.")
