"""The example in docs/bonus.md is what the function says."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from portal.bonuses.curve import Curve, Figure, Gate, Inputs, Measure, Plan, statement
from portal.bonuses.states import BaseKind, FailedGate, GateKind, LineState

TEXT = (Path(__file__).parents[2] / "docs" / "bonus.md").read_text("utf-8")
LEAST = 4
PLAN = Plan(
    BaseKind.PERCENT, 3, (), "TRY", percent=Decimal(8), cap=Decimal(130),
    failed_gate=FailedGate.HALVE,
)  # fmt: skip


def rows() -> list[list[str]]:
    """The cells of the example's table."""
    table = TEXT.split("## A worked example")[1]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def example() -> tuple[Plan, Inputs]:
    measures, figures = [], {}
    for key, (_name, weight, *marks, figure, cases, _pays, _share, _adds) in enumerate(rows()):
        pairs = [tuple(map(Decimal, mark.split(" pays "))) for mark in marks]
        curve = Curve(*(pair[0] for pair in pairs), *(pair[1] for pair in pairs))
        measures.append(Measure(key, Decimal(weight), curve, LEAST))
        figures[str(key)] = Figure(Decimal(figure), int(cases))
    days, all_days = 69, 92
    return replace(PLAN, measures=tuple(measures)), Inputs(
        60_000_000, figures, (Gate(GateKind.CONDUCT, kept=True),), days, all_days
    )


def test_each_line_of_the_table_is_what_the_function_says() -> None:
    for line, row in zip(statement(*example()).lines, rows(), strict=True):
        pays, share, adds = row[-3:]
        if pays == "left out":
            assert line.state is LineState.LEFT_OUT
        else:
            assert line.pays == Decimal(pays)
        assert (line.share, line.adds) == (Decimal(share), Decimal(adds))


def test_the_sums_of_the_text_are_right() -> None:
    plan, inputs = example()
    result = statement(plan, inputs)
    assert f"rounded {result.together} %" in TEXT.replace("\n", " ")
    assert result.base == 1_200_000
    amounts = re.findall(r"\*\*([\d,]+\.\d\d)\*\*", TEXT)
    failed = replace(inputs, gates=(Gate(GateKind.CONDUCT, kept=False),))
    found = [result.amount, statement(plan, failed).amount]
    assert [int(text.replace(",", "").replace(".", "")) for text in amounts] == found
