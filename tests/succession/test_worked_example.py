"""The examples in docs/succession.md are what the functions say."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from portal.succession.chain import Outcome, chain
from portal.succession.coverage import Post, coverage, index

TEXT = (Path(__file__).parents[2] / "docs" / "succession.md").read_text("utf-8")


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading."""
    lines = TEXT.split(heading)[1].split("\n#")[0].splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|")][2:]
    return [[cell.strip() for cell in row] for row in rows]


def ids(names: list[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names), start=1)}


def split(cell: str) -> list[str]:
    return [] if cell == "–" else [one.strip() for one in cell.split(",")]


def bold(heading: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", TEXT.split(heading)[1].split("\n#")[0])


def test_one_star_three_positions() -> None:
    rows = table("### A worked example")
    people = ids([one for row in rows for one in split(row[1])])
    posts = [
        Post(at, ready=tuple(people[one] for one in split(row[1])))
        for at, row in enumerate(rows, start=1)
    ]
    found = coverage(posts)
    said = bold("### A worked example")
    assert [found.cover, found.depth, found.simultaneous] == [
        Fraction(75, 100), Fraction(1), Fraction(50, 100),
    ]  # fmt: skip
    assert said == ["75 %", "1", "50 %"]
    shown = [float(row[2]) for row in rows]
    assert [round(float(value), 2) for value in index(posts).values()] == shown
    [short] = found.shortages
    assert (short.posts, short.people) == ((1, 2), (people["Ayşe"],))


def test_the_chain() -> None:
    rows = table("### An example of a chain")
    names = [one for row in rows for cell in row[1:] for one in split(cell)]
    people, places = ids(names), ids([row[0] for row in rows])
    posts = [
        Post(
            places[row[0]], people[row[1]],
            ready=tuple(people[one] for one in split(row[2])),
            emergency=tuple(people[one] for one in split(row[3])),
        )
        for row in rows
    ]  # fmt: skip

    def gone(*leavers: str) -> Outcome:
        return chain(posts, {people[one] for one in leavers})

    moves = [(move.post, move.person, move.leaves) for move in gone("Mete").moves]
    assert moves == [
        (places["manager"], people["Irem"], places["lead 1"]),
        (places["lead 1"], people["Gulsah"], None),
    ]
    assert gone("Mete", "Gulsah").empty == (places["lead 1"],)
    assert gone("Isil").emergency == {places["lead 2"]: (people["Tolga"],)}
    said = bold("### An example of a chain")
    assert said == ["Irem", "Gulsah", "empty", "emergency cover only"]
