"""The example in docs/readiness.md is what the function says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from portal.careers.actions import ActionKind, Teaching, shortest
from portal.careers.experience import Demand, Spell
from portal.careers.facts import PersonFacts, Shown, Warned
from portal.careers.readiness import Need, met, readiness
from portal.careers.states import ExperienceKind, RequirementKind
from portal.certification.queries import Known
from portal.certification.standing import Facts

TEXT = (Path(__file__).parents[2] / "docs" / "readiness.md").read_text("utf-8")
DAY = date(2026, 11, 24)
STATES = {"met": "met", "missing": "missing", "cannot tell yet": "unknown"}


def rows() -> list[list[str]]:
    """The cells of the example's table."""
    table = TEXT.split("## A worked example")[1]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def seen(text: str) -> Iterator[Shown]:
    for at, (level, day) in enumerate(re.findall(r"level ([\d.]+) on ([\d-]+)", text)):
        yield Shown(date.fromisoformat(day), at, float(level))


def example() -> tuple[PersonFacts, list[Need]]:
    facts, needs = PersonFacts(levels={}), []
    levels: dict[int, list[Shown]] = {}
    for at, (asked, known, _state) in enumerate(rows()):
        words = asked.split()
        if len(words) == 2 and words[1].isdigit():
            needs.append(Need(asked, RequirementKind.COMPETENCY, at, int(words[1])))
            levels[at] = list(seen(known))
        elif "months" in asked:
            months, senior = re.findall(r"\d+", asked)
            service = Demand(ExperienceKind.FAMILY, int(months), family="service")
            role = Demand(ExperienceKind.ROLE, int(senior), role_id=2)
            needs.append(
                Need(asked, RequirementKind.EXPERIENCE, alternatives=((service,), (role,)))
            )
        elif "licence" in asked:
            needs.append(Need(asked, RequirementKind.CERTIFICATION, 9))
            last = date.fromisoformat(known.split()[-1])
            facts.certificates = {9: Known([Facts(1, date(2025, 12, 26), last)])}
        elif "corrective" in asked:
            needs.append(Need(asked, RequirementKind.CONDUCT))
            since, until = map(date.fromisoformat, re.findall(r"[\d-]{10}", known))
            facts.warnings = [Warned(since, 3, until)]
        else:
            needs.append(Need(asked, RequirementKind.REVIEW, level=int(words[-1])))
    facts.levels = levels
    facts.spells = [
        Spell(date(2025, 3, 1), None, 1, "service"),
        Spell(
            date(2023, 1, 1), date(2024, 2, 29), None, "service", False, 7,
            claimed_on=date(2026, 6, 1), confirmed_on=date(2026, 6, 10),
        ),
    ]  # fmt: skip
    return facts, needs


def test_each_line_of_the_table_is_what_the_function_says() -> None:
    facts, needs = example()
    found = [line.state.value for line in readiness(facts, needs, DAY)]
    assert found == [STATES[row[2]] for row in rows()]


def test_the_sums_of_the_text_are_right() -> None:
    facts, needs = example()
    lines = readiness(facts, needs, DAY)
    assert f"*Team lead: {met(lines)} of {len(lines)} met*" in TEXT
    here = readiness(PersonFacts(spells=facts.spells[:1]), [needs[6]], DAY)[0].months[0]
    assert f"{here} months here and 14 elsewhere: {lines[6].months[0]}" in TEXT
    may = readiness(facts, needs, date(2026, 5, 31))
    assert f"{may[6].months[0]} months here" in TEXT.replace("\n", " ")
    assert f"it was {met(may)} of 10" in TEXT


def test_what_to_do_is_one_course() -> None:
    facts, needs = example()
    gap = next(need.subject for need in needs if need.key.startswith("conflict"))
    found = shortest(readiness(facts, needs, DAY), [Teaching(5, {gap: 4}), Teaching(6, {gap: 3})])
    assert [(one.kind, one.subject) for one in found] == [(ActionKind.COURSE, 5)]
