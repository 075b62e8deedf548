"""What a run would pay, person by person, with everything that looks odd named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.bonuses import inputs, wording
from portal.bonuses.curve import Line, Result, statement
from portal.bonuses.models import BonusRun
from portal.bonuses.states import BaseKind, LineState
from portal.core import i18n
from portal.core.db import Words
from portal.metrics.models import MetricVersion
from portal.people.models import full_name


@dataclass(frozen=True)
class Preview:
    """A row of ``queries.people_listed`` with its result and what to look at."""

    row: Any
    name: str
    result: Result
    amount: str
    percent: str
    problems: tuple[str, ...]


def previews(run: BonusRun, rows: Sequence[Any]) -> list[Preview]:
    """What these people would get today: six statements for any number of them."""
    pays = {row.person_id: row.pay for row in rows}
    known = inputs.inputs_of(run.terms, list(pays), (run.starts_on, run.ends_on), pays)
    names: dict[int, Words] = {
        one.metric_id: _definition(one.metric.definition) for one in run.terms.measures
    }
    plan = inputs.plan_of(run.terms)
    found = []
    for row in rows:
        result = statement(plan, known[row.person_id])
        found.append(
            Preview(
                row,
                full_name(row.given_name, row.family_name, row.language),
                result,
                wording.money(None if row.left_out else result.amount, plan.currency),
                wording.per_cent(result.percent),
                tuple(_problems(run, row, result, names)),
            )
        )
    return found


def _definition(version: MetricVersion) -> Words:
    return version.name


def _problems(run: BonusRun, row: Any, result: Result, names: dict[int, Words]) -> list[str]:  # noqa: ANN401 - a row
    if row.left_out:
        return [_("Left out: %(reason)s", reason=row.reason)]
    found = []
    if run.terms.base is BaseKind.PERCENT and row.pay is None:
        found.append(_("No yearly pay"))
    if result.days < result.all_days:
        found.append(
            _("%(days)s of %(all)s days in the plan",
              days=i18n.number(result.days), all=i18n.number(result.all_days))
        )  # fmt: skip
    found += [text for line in result.lines if (text := _about(line, names))]
    found += [_("Not kept: %(what)s", what=gate.kind.label) for gate in result.failed]
    return found


def _about(line: Line, names: dict[int, Words]) -> str:
    if line.state not in {LineState.LEFT_OUT, LineState.AS_TARGET}:
        return ""
    metric = i18n.words(names[line.measure.key])
    if line.figure is None:
        return _("No figure: %(metric)s", metric=metric)
    return _("Too few cases: %(metric)s", metric=metric)
