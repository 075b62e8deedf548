"""What the comparison shows of a group: how results spread, and who rates how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.core import i18n
from portal.core.charts import Bar, Distribution
from portal.people.models import full_name
from portal.reviews.scoring import HALF

HALVES = tuple(step / HALF for step in range(HALF, 5 * HALF + 1))
"""Every result there can be: 1, 1.5 … 5."""

FAR = 1.0
"""From this distance on a result and its score are pointed out."""

LEAST = 5
"""Of fewer people nobody can say how somebody rates. No secret, so not the organisation's smallest
group: whoever compares results sees each of them."""


@dataclass(frozen=True)
class Leniency:
    """How one manager's results lie beside all of the group: mean, of how many, and distance.

    Without a ``distance`` there are too few people for a word on it.
    """

    name: str
    number: int
    mean: float
    distance: float | None


def spread(rows: Iterable[Any]) -> Distribution:
    """How many people have which result."""
    found = Counter(row.rating for row in rows if row.rating is not None)
    return Distribution(
        title=_("Results in this group"),
        unit=_("People"),
        of=_("Result"),
        bands=tuple(Bar(i18n.number(value), found.get(value, 0)) for value in HALVES),
    )


def leniency(rows: Sequence[Any]) -> list[Leniency]:
    """Each manager's mean result less the mean of the whole group, the most lenient first."""
    rated = [row for row in rows if row.rating is not None and row.manager_id is not None]
    if not rated:
        return []
    middle = sum(row.rating for row in rated) / len(rated)
    own: dict[int, list[Any]] = {}
    for row in rated:
        own.setdefault(row.manager_id, []).append(row)
    found = [_of(theirs, middle) for theirs in own.values()]
    return sorted(found, key=lambda one: (-one.mean, one.name))


def _of(rows: Sequence[Any], middle: float) -> Leniency:
    mean = sum(row.rating for row in rows) / len(rows)
    distance = mean - middle if len(rows) >= LEAST else None
    return Leniency(manager_of(rows[0]), len(rows), mean, distance)


def manager_of(row: Any) -> str:  # noqa: ANN401 - a row of ``queries.results_of``
    """The manager's name, empty if there is none."""
    if row.manager_given is None and row.manager_family is None:
        return ""
    return full_name(row.manager_given, row.manager_family, row.manager_language)


def is_far(row: Any) -> bool:  # noqa: ANN401
    """Whether the result lies far from its score."""
    if row.rating is None or row.score is None:
        return False
    return bool(abs(row.rating - row.score) >= FAR)
