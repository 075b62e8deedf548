"""The worked examples of docs/certification-dates.md, row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.certification.expiry import Rule, expires_on, lapses_on
from portal.certification.standing import Absence, Facts, standing_of, standing_of_award
from portal.certification.states import ExpiryMode, Standing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "certification-dates.md"
Row = dict[str, str]


def table(heading: str) -> list[Row]:
    """The rows of the table below a heading, by the names of its columns."""
    section = PAGE.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    names, _rule, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(names, row, strict=True)) for row in rows]


def rows(heading: str) -> Any:
    found = table(heading)
    return pytest.mark.parametrize("row", found, ids=[" ".join(row.values()) for row in found])


def day(text: str) -> date | None:
    return None if text == "–" else date.fromisoformat(text)


def whole(text: str) -> int | None:
    return None if text == "–" else int(text)


def a_day(text: str) -> date:
    return date.fromisoformat(text)


@rows("Last valid day")
def test_the_last_valid_day_is_as_written(row: Row) -> None:
    rule = Rule(
        ExpiryMode(row["mode"]),
        whole(row["period"]),
        day(row["base"]),
        whole(row["least"]) or 0,
    )
    found = expires_on(
        rule, completed_on=a_day(row["completed"]), previous=day(row["previous"]),
        due_on=day(row["due"]),
    )  # fmt: skip
    assert found == day(row["last valid day"])


@rows("After leaving")
def test_awards_outlive_the_employment_as_written(row: Row) -> None:
    rule = Rule(ExpiryMode.SEPARATION, lapse_months=int(row["months"]))
    left, lapses = a_day(row["left"]), a_day(row["lapses after"])
    assert lapses_on(rule, left) == lapses
    facts = Facts(
        1, date(2020, 1, 1), None, absences=(Absence(left, lapses, day(row["returned"])),)
    )
    assert standing_of_award(facts, a_day(row["day"])) is Standing(row["standing"])


@rows("Standing on a day")
def test_the_standing_is_as_written(row: Row) -> None:
    event = {
        "–": {},
        "revoked": {"revoked_on": day(row["on"])},
        "superseded": {"superseded_on": day(row["on"])},
        "void": {"void_from": day(row["on"])},
        "unchecked": {"agreed": None},
    }[row["event"]]
    values: dict[str, Any] = {
        f"{name}_days": int(row[name]) for name in ("window", "expiring", "grace")
    } | event
    facts = Facts(1, a_day(row["issued"]), day(row["last day"]), **values)
    on, wanted = a_day(row["day"]), Standing(row["standing"])
    if wanted is Standing.SUPERSEDED:
        assert standing_of_award(facts, on) is wanted
    else:
        assert standing_of([facts], day=on).standing is wanted


def test_every_mode_has_a_worked_example() -> None:
    examples = table("Last valid day")
    assert {row["mode"] for row in examples} == {str(mode) for mode in ExpiryMode}
    assert {row["mode"] for row in table("Modes")} == {str(mode) for mode in ExpiryMode}
    assert len(examples) >= 30
