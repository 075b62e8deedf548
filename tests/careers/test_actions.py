"""The shortest list of things to do."""

from __future__ import annotations

from datetime import date

from portal.careers.actions import Action, ActionKind, Teaching, shortest
from portal.careers.experience import Demand
from portal.careers.readiness import Line, Need
from portal.careers.states import EducationLevel, ExperienceKind, LineState, RequirementKind


def skill(subject: int, level: float = 3, state: LineState = LineState.MISSING) -> Line:
    return Line(Need(f"competency-{subject}", RequirementKind.COMPETENCY, subject, level), state)


def kinds(actions: list[Action]) -> list[tuple[str, int]]:
    return [(str(one.kind), one.subject) for one in actions]


def test_the_fewest_courses_close_all_gaps() -> None:
    offers = [Teaching(1, {1: 3}), Teaching(2, {2: 3}), Teaching(3, {3: 3, 1: 3}),
              Teaching(4, {1: 3, 2: 4, 3: 2})]  # fmt: skip
    found = shortest([skill(1), skill(2), skill(3)], offers)
    assert kinds(found) == [("course", 2), ("course", 3)]
    assert [len(one.lines) for one in found] == [1, 2]


def test_a_course_that_teaches_too_little_does_not_help() -> None:
    found = shortest([skill(1, level=4)], [Teaching(1, {1: 3})])
    assert kinds(found) == [("observation", 0)]


def test_a_course_that_is_asked_for_counts_for_what_it_teaches() -> None:
    wanted = Line(Need("course-7", RequirementKind.COURSE, 7), LineState.MISSING)
    found = shortest([skill(1), wanted], [Teaching(3, {1: 5}), Teaching(7, {1: 3})])
    assert kinds(found) == [("course", 7)]
    assert {line.need.key for line in found[0].lines} == {"competency-1", "course-7"}


def test_what_nobody_has_observed_needs_one_talk() -> None:
    unseen = [skill(key, state=LineState.UNKNOWN) for key in (1, 2)]
    found = shortest(unseen, [Teaching(1, {1: 5, 2: 5})])
    assert kinds(found) == [("observation", 0)]
    assert len(found[0].lines) == 2


def test_what_is_met_and_reviews_need_nothing() -> None:
    review = Line(Need("review-1", RequirementKind.REVIEW, level=3), LineState.UNKNOWN)
    assert shortest([skill(1, state=LineState.MET), review], [Teaching(1, {1: 5})]) == []


def test_other_kinds_have_an_action_of_their_own() -> None:
    need = (Demand(ExperienceKind.LEADING, 12),)
    work = Need("experience-1", RequirementKind.EXPERIENCE, alternatives=(need,))
    school = Need("education-1", RequirementKind.EDUCATION, education=EducationLevel.MASTER)
    lines = [
        Line(Need("certification-5", RequirementKind.CERTIFICATION, 5), LineState.MISSING),
        Line(Need("programme-6", RequirementKind.PROGRAMME, 6), LineState.MISSING),
        Line(work, LineState.MISSING, reached_on=date(2027, 1, 1)),
        Line(work, LineState.MISSING),
        Line(school, LineState.MISSING),
        Line(school, LineState.UNKNOWN),
    ]
    assert kinds(shortest(lines, [])) == [
        ("certification", 5), ("programme", 6), ("time", 0), ("claim", 0), ("claim", 0),
        ("confirmation", 0),
    ]  # fmt: skip


def test_very_many_courses_still_give_an_answer_that_closes_all() -> None:
    gaps = [skill(key) for key in range(1, 16)]
    offers = [Teaching(key, {key: 3, key % 15 + 1: 3}) for key in range(1, 41)]
    found = shortest(gaps, offers)
    assert {line.need.subject for one in found for line in one.lines} == set(range(1, 16))
    assert {one.kind for one in found} == {ActionKind.COURSE}
