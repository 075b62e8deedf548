"""Values of goals, and what a change changes, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from flask_babel import gettext as _

from portal.core import i18n
from portal.goals.models import Goal
from portal.goals.states import Measure
from portal.goals.terms import Terms
from portal.metrics.models import Metric
from portal.metrics.wording import figure


class Measured(Protocol):
    """What a value needs to be written: terms, or a goal."""

    @property
    def measure(self) -> Measure:
        """How it is measured."""

    @property
    def unit(self) -> str:
        """The unit of a number."""


def amount(value: Decimal | None, of: Measured, metric: Metric | None) -> str:
    """``87 %``, ``3``, ``40 calls``; a missing value is a dash."""
    if value is None:
        return "–"
    if metric is not None:
        return figure(value, metric.definition)
    number: str = i18n.number(value.normalize())
    if of.measure is Measure.NUMBER and of.unit:
        return _("%(number)s %(unit)s", number=number, unit=of.unit)
    return number


def aim(of: Goal | Terms, metric: Metric | None) -> str:
    """What is to be reached: ``5 steps``, ``from 20 calls to 40 calls``, ``CSAT: 87 %``."""
    target = amount(of.target, of, metric)
    if of.measure is Measure.STEPS:
        return _("Steps to do: %(number)s", number=target)
    if metric is not None:
        name = i18n.words(metric.definition.name)
        if of.start is None:
            return _("%(metric)s: %(target)s", metric=name, target=target)
        start = amount(of.start, of, metric)
        return _("%(metric)s: from %(start)s to %(target)s", metric=name, start=start,
                 target=target)  # fmt: skip
    return _("From %(start)s to %(target)s", start=amount(of.start, of, metric), target=target)


class Difference(NamedTuple):
    """One thing a change changes."""

    label: str
    before: str
    after: str


def differences(
    before: Terms, after: Terms, metrics: Mapping[int, Metric], titles: Mapping[int, str]
) -> Iterator[Difference]:
    """What differs; ``metrics`` and ``titles`` of goals are by id, as far as the reader may see."""
    for label, old, new in _texts(before, after):
        if old != new:
            yield Difference(label, old or "–", new or "–")
    old, new = _aim(before, metrics), _aim(after, metrics)
    if old != new:
        yield Difference(_("What is to be reached"), old, new)
    if before.parent_id != after.parent_id:
        yield Difference(
            _("Contributes to"), _title(before.parent_id, titles), _title(after.parent_id, titles)
        )


def _texts(before: Terms, after: Terms) -> Iterator[tuple[str, str, str]]:
    yield _("Goal in a few words"), before.title, after.title
    yield _("Why this goal"), before.why, after.why
    yield _("Description"), before.description, after.description
    yield _("Weight"), i18n.percent(before.weight / 100), i18n.percent(after.weight / 100)
    yield _("First day"), i18n.date(before.starts_on), i18n.date(after.starts_on)
    yield _("Last day"), i18n.date(before.ends_on), i18n.date(after.ends_on)


def _aim(terms: Terms, metrics: Mapping[int, Metric]) -> str:
    metric: Any = metrics.get(terms.metric_id) if terms.metric_id is not None else None
    return aim(terms, metric)


def _title(key: int | None, titles: Mapping[int, str]) -> str:
    if key is None:
        return "–"
    return titles.get(key) or _("Another goal")
