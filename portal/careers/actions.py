"""The shortest list of things to do that closes all gaps; no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, islice
from math import comb

from portal.careers.readiness import Line
from portal.careers.states import LineState, RequirementKind

MOST_TRIED = 5_000
"""Sets of courses looked at one by one; with more of them a good answer must do."""


class ActionKind(StrEnum):
    """What there is to do."""

    COURSE = "course"
    PROGRAMME = "programme"
    CERTIFICATION = "certification"
    OBSERVATION = "observation"
    CLAIM = "claim"
    CONFIRMATION = "confirmation"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, and the lines it helps; ``subject`` as in ``Need``."""

    kind: ActionKind
    subject: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Teaching:
    """A course on offer, and the level of each competency that completing it shows."""

    course_id: int
    levels: Mapping[int, float]

    def closes(self, line: Line) -> bool:
        """Whether completing it would meet what a line asks for."""
        need = line.need
        return (
            need.kind is RequirementKind.COMPETENCY
            and self.levels.get(need.subject, 0) >= need.level
        )


def shortest(lines: Iterable[Line], offers: Sequence[Teaching]) -> list[Action]:
    """What to do about all lines that are not met, as few things as possible.

    A course that is asked for anyway counts for the competencies it teaches too. What nobody has
    observed yet needs no course, and one talk is enough for all of it. Reviews and metrics come
    by themselves, a corrective action ends elsewhere: there is nothing to do about them here.
    """
    gaps = [line for line in lines if not line.is_met]
    skills = [
        line for line in gaps
        if line.need.kind is RequirementKind.COMPETENCY and line.state is LineState.MISSING
    ]  # fmt: skip
    asked = {line.need.subject for line in gaps if line.need.kind is RequirementKind.COURSE}
    by_id = {one.course_id: one for one in offers}
    free = [by_id[key] for key in sorted(asked) if key in by_id]
    left = [line for line in skills if not any(one.closes(line) for one in free)]
    chosen = [*free, *fewest(left, offers)]
    actions = []
    for course_id in dict.fromkeys([*sorted(asked), *(one.course_id for one in chosen)]):
        helped = tuple(line for line in gaps if _helps(line, course_id, by_id))
        actions.append(Action(ActionKind.COURSE, course_id, helped))
    taught = {line.need.key for one in actions for line in one.lines}
    rest = [line for line in gaps if line.need.key not in taught]
    alone = [action for line in rest if (action := _alone(line)) is not None]
    unseen = tuple(line for line in rest if line.need.kind is RequirementKind.COMPETENCY)
    talk = [Action(ActionKind.OBSERVATION, 0, unseen)] if unseen else []
    return [*actions, *talk, *alone]


def fewest(gaps: Sequence[Line], offers: Sequence[Teaching]) -> list[Teaching]:
    """The smallest set of courses that closes every gap some course closes."""
    open_ = [line for line in gaps if any(one.closes(line) for one in offers)]
    useful = [one for one in offers if any(one.closes(line) for line in open_)]
    tried = 0
    for size in range(1, len(open_) + 1):
        tried += comb(len(useful), size)
        if tried > MOST_TRIED:
            return _greedy(open_, useful)
        for some in islice(combinations(useful, size), MOST_TRIED):
            if all(any(one.closes(line) for one in some) for line in open_):
                return list(some)
    return []


def _greedy(gaps: list[Line], offers: list[Teaching]) -> list[Teaching]:
    chosen: list[Teaching] = []
    while gaps:
        best = max(offers, key=lambda one: sum(one.closes(line) for line in gaps))
        chosen.append(best)
        gaps = [line for line in gaps if not best.closes(line)]
    return chosen


def _helps(line: Line, course_id: int, offers: Mapping[int, Teaching]) -> bool:
    if line.need.kind is RequirementKind.COURSE:
        return line.need.subject == course_id
    return course_id in offers and offers[course_id].closes(line)


_BY_THEMSELVES = frozenset(
    {
        RequirementKind.COMPETENCY,
        RequirementKind.REVIEW,
        RequirementKind.METRIC,
        RequirementKind.CONDUCT,
    }
)


def _alone(line: Line) -> Action | None:
    """What is to be done about a line that no course helps."""
    kind, waits = line.need.kind, line.state is LineState.UNKNOWN
    simple = {
        RequirementKind.CERTIFICATION: ActionKind.CERTIFICATION,
        RequirementKind.PROGRAMME: ActionKind.PROGRAMME,
    }
    if kind in simple:
        return Action(simple[kind], line.need.subject, (line,))
    if kind in _BY_THEMSELVES:
        return None
    if waits:
        return Action(ActionKind.CONFIRMATION, 0, (line,))
    in_time = kind is RequirementKind.EXPERIENCE and line.reached_on is not None
    return Action(ActionKind.TIME if in_time else ActionKind.CLAIM, 0, (line,))
