"""Which target applies, and how a figure stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.metrics.states import Direction, Standing
from portal.metrics.targets import standing_of, target_for

PERIOD = date(2026, 10, 1)
PATHS = ("/1/", "/1/2/", "/1/2/3/", "/1/4/", "/10/")


@dataclass(frozen=True)
class Target:
    target: Decimal = Decimal(85)
    threshold: Decimal | None = Decimal(80)
    maximum: Decimal | None = Decimal(95)
    role_id: int | None = None
    team_path: str | None = None
    starts_on: date = date(2026, 1, 1)
    ends_on: date | None = None


def chosen(*targets: Target, role: int | None = 7, path: str | None = "/1/2/3/") -> Target | None:
    return target_for(targets, role_id=role, team_path=path, period=PERIOD)


def test_the_nearest_team_comes_before_one_further_up_before_a_role_before_everyone() -> None:
    everyone, role = Target(), Target(role_id=7)
    top, near = Target(team_path="/1/"), Target(team_path="/1/2/")
    both = Target(team_path="/1/2/", role_id=7)
    order = [both, near, top, role, everyone]
    for at in range(len(order)):
        assert chosen(*reversed(order[at:])) is order[at]


def test_a_team_with_a_similar_number_is_another_team() -> None:
    assert chosen(Target(team_path="/10/"), path="/1/2/") is None
    assert chosen(Target(team_path="/1/2/"), path="/1/20/") is None


def test_only_what_covers_the_first_day_of_the_month_is_in_force() -> None:
    assert chosen(Target(starts_on=date(2026, 10, 2))) is None
    assert chosen(Target(ends_on=date(2026, 9, 30))) is None
    assert chosen(Target(starts_on=PERIOD, ends_on=PERIOD)) is not None


@given(
    st.lists(
        st.builds(
            Target,
            role_id=st.sampled_from([None, 7, 8]),
            team_path=st.sampled_from([None, *PATHS]),
            starts_on=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
        ),
        max_size=8,
    ),
    st.sampled_from([None, 7, 8]),
    st.sampled_from([None, *PATHS]),
)
def test_no_other_fitting_target_is_narrower(
    targets: list[Target], role: int | None, path: str | None
) -> None:
    found = target_for(targets, role_id=role, team_path=path, period=PERIOD)
    fitting = [
        one
        for one in targets
        if one.starts_on <= PERIOD
        and one.role_id in {None, role}
        and (one.team_path is None or (path is not None and path.startswith(one.team_path)))
    ]
    assert (found is None) == (not fitting)
    for one in fitting:
        assert found is not None
        assert len(one.team_path or "") <= len(found.team_path or "")
        if one.team_path == found.team_path:
            assert found.role_id is not None or one.role_id is None


@pytest.mark.parametrize(
    ("direction", "value", "standing"),
    [
        (Direction.HIGHER, "95", Standing.EXCEEDED),
        (Direction.HIGHER, "85", Standing.REACHED),
        (Direction.HIGHER, "84.9", Standing.CLOSE),
        (Direction.HIGHER, "80", Standing.CLOSE),
        (Direction.HIGHER, "79.9", Standing.MISSED),
        (Direction.LOWER, "330", Standing.EXCEEDED),
        (Direction.LOWER, "400", Standing.REACHED),
        (Direction.LOWER, "450", Standing.CLOSE),
        (Direction.LOWER, "450.1", Standing.MISSED),
    ],
)
def test_a_figure_stands_where_its_marks_put_it(
    direction: Direction, value: str, standing: Standing
) -> None:
    marks = Target() if direction is Direction.HIGHER else Target(
        target=Decimal(400), threshold=Decimal(450), maximum=Decimal(330)
    )  # fmt: skip
    assert standing_of(Decimal(value), 30, marks, direction=direction, minimum=30) is standing


def test_few_cases_are_not_judged_and_without_a_target_nothing_is() -> None:
    found = standing_of(Decimal(10), 29, Target(), direction=Direction.HIGHER, minimum=30)
    assert found is Standing.TOO_FEW
    found = standing_of(Decimal(10), 29, None, direction=Direction.HIGHER, minimum=30)
    assert found is Standing.NO_TARGET
