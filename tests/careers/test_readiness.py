"""Readiness from facts: each kind of requirement, and what one more fact can change."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.careers.experience import Demand, Spell
from portal.careers.facts import Degree, Figure, PersonFacts, Rated, Shown
from portal.careers.readiness import Line, MetricMark, Need, ProofKind, met, readiness
from portal.careers.states import EducationLevel, ExperienceKind, LineState, RequirementKind
from portal.certification.queries import Known
from portal.certification.standing import Facts
from portal.certification.states import Standing

DAY = date(2026, 11, 24)
SKILL = Need("competency-1", RequirementKind.COMPETENCY, 1, 3)
WORK = Need(
    "experience-1", RequirementKind.EXPERIENCE,
    alternatives=(
        (Demand(ExperienceKind.FAMILY, 60, family="service"), Demand(ExperienceKind.LEADING, 24)),
        (Demand(ExperienceKind.ROLE, 36, role_id=5),),
    ),
)  # fmt: skip
DEGREE = Need("education-1", RequirementKind.EDUCATION, education=EducationLevel.BACHELOR)
PAPER = Need("certification-2", RequirementKind.CERTIFICATION, 2)
COURSE = Need("course-3", RequirementKind.COURSE, 3)
PROGRAMME = Need("programme-4", RequirementKind.PROGRAMME, 4)
REVIEW = Need("review-1", RequirementKind.REVIEW, level=3)
CSAT = Need("metric-5", RequirementKind.METRIC, 5, metric=MetricMark(Decimal(80), 3, cases=50))
ALL = (SKILL, WORK, DEGREE, PAPER, COURSE, PROGRAMME, REVIEW, CSAT)


def line(need: Need, day: date = DAY, **facts: Any) -> Line:
    return readiness(PersonFacts(**facts), [need], day)[0]


def figures(*values: int, cases: int = 20) -> list[Figure]:
    """Figures of October and the months before, newest first."""
    return [
        Figure(date(2026, 10 - at, 1), Decimal(value), cases, 17 - at)
        for at, value in enumerate(values)
    ]


def whole() -> PersonFacts:
    """Everything there is, one piece of each kind."""
    return PersonFacts(
        levels={1: [Shown(date(2026, 5, 1), 11, 4)]},
        spells=[Spell(date(2021, 1, 1), None, 4, "service"),
                Spell(date(2024, 1, 1), None, leading=True)],
        degrees=[Degree(EducationLevel.MASTER, 12, date(2026, 1, 1), date(2026, 2, 1))],
        certificates={2: Known([Facts(13, date(2026, 3, 1), None)])},
        courses={3: [(date(2026, 4, 1), 14)]},
        programmes={4: [(date(2026, 6, 1), 15)]},
        reviews=[Rated(date(2026, 7, 1), 16, 4)],
        figures={5: figures(85, 80, 75)},
    )  # fmt: skip


def states(facts: PersonFacts, day: date = DAY) -> list[LineState]:
    return [one.state for one in readiness(facts, ALL, day)]


def test_somebody_with_everything_meets_everything() -> None:
    lines = readiness(whole(), ALL, DAY)
    assert met(lines) == len(ALL)
    assert [one.proofs[-1].record_id for one in lines] == [11, 0, 12, 13, 14, 15, 16, 17]


def test_of_somebody_unknown_nobody_can_tell_skills_and_reviews() -> None:
    unknown, missing = LineState.UNKNOWN, LineState.MISSING
    assert states(PersonFacts()) == [
        unknown, missing, missing, missing, missing, missing, unknown, unknown,
    ]  # fmt: skip


REMOVALS = [
    ("levels", {}), ("spells", []), ("degrees", []), ("certificates", {}), ("courses", {}),
    ("programmes", {}), ("reviews", []), ("figures", {}),
]  # fmt: skip


@pytest.mark.parametrize(("at", "removal"), list(enumerate(REMOVALS)), ids=[r[0] for r in REMOVALS])
def test_removing_one_piece_of_evidence_changes_exactly_its_line(
    at: int, removal: tuple[str, Any]
) -> None:
    before = readiness(whole(), ALL, DAY)
    after = readiness(replace(whole(), **{removal[0]: removal[1]}), ALL, DAY)
    changed = [place for place, pair in enumerate(zip(before, after, strict=True))
               if pair[0] != pair[1]]  # fmt: skip
    assert changed == [at]
    assert not after[at].is_met


def test_nothing_counts_before_its_day() -> None:
    assert states(whole(), date(2020, 12, 31)) == states(PersonFacts())


def test_the_newest_observation_counts_and_of_one_day_the_later_row() -> None:
    old, low, high = Shown(date(2026, 1, 1), 9, 5), Shown(DAY, 1, 2), Shown(DAY, 2, 4)
    assert line(SKILL, levels={1: [old, low]}).level == 2
    assert line(SKILL, levels={1: [high, old, low]}).level == 4
    assert line(SKILL, levels={1: [old, low]}).state is LineState.MISSING
    assert line(SKILL, levels={2: [old]}).state is LineState.UNKNOWN


def test_one_alternative_of_experience_is_enough() -> None:
    as_lead = Spell(date(2023, 1, 1), date(2025, 12, 31), 5, "service")
    found = line(WORK, spells=[as_lead])
    assert (found.state, found.months) == (LineState.MET, (36,))
    assert found.chosen == WORK.alternatives[1]


def test_all_demands_of_an_alternative_must_be_met() -> None:
    found = line(WORK, spells=[Spell(date(2020, 1, 1), None, 4, "service")])
    assert (found.state, found.months) == (LineState.MISSING, (82, 0))
    assert found.reached_on is None


def test_work_that_goes_on_tells_when_it_is_enough() -> None:
    found = line(WORK, spells=[Spell(date(2024, 11, 25), None, 5, "service")])
    assert (found.state, found.months) == (LineState.MISSING, (24,))
    assert found.reached_on == date(2027, 11, 24)


def test_experience_that_waits_for_confirmation_makes_it_unknown() -> None:
    claim = Spell(date(2020, 1, 1), date(2025, 12, 31), None, "service", True, 7, claimed_on=DAY)
    assert line(WORK, spells=[claim]).state is LineState.UNKNOWN
    assert line(WORK, spells=[claim]).months == (0, 0)
    assert line(WORK, spells=[replace(claim, confirmed_on=DAY)]).state is LineState.MET
    assert line(WORK, spells=[replace(claim, refused_on=DAY)]).state is LineState.MISSING


def test_a_degree_below_the_level_is_missing_and_says_what_there_is() -> None:
    school = Degree(EducationLevel.SCHOOL, 1, DAY, DAY)
    found = line(DEGREE, degrees=[school])
    assert (found.state, found.education) == (LineState.MISSING, EducationLevel.SCHOOL)


def test_a_degree_counts_once_confirmed() -> None:
    degree = Degree(EducationLevel.BACHELOR, 1, DAY - timedelta(days=9))
    assert line(DEGREE, degrees=[degree]).state is LineState.UNKNOWN
    assert line(DEGREE, degrees=[degree._replace(confirmed_on=DAY)]).state is LineState.MET
    assert line(DEGREE, degrees=[degree._replace(refused_on=DAY)]).state is LineState.MISSING


@pytest.mark.parametrize(
    ("known", "state", "standing"),
    [
        (Known([Facts(1, DAY, None)]), LineState.MET, Standing.VALID),
        (Known([Facts(1, DAY, None, agreed=None)]), LineState.UNKNOWN, Standing.AWAITING_CHECK),
        (
            Known([Facts(1, date(2024, 1, 1), date(2025, 1, 1))]),
            LineState.MISSING,
            Standing.EXPIRED,
        ),
        (Known([], [(DAY, None)]), LineState.MET, Standing.WAIVED),
        (Known([], [], started=True), LineState.MISSING, Standing.IN_PROGRESS),
    ],
)
def test_a_certificate_counts_as_it_stands(
    known: Known, state: LineState, standing: Standing
) -> None:
    found = line(PAPER, certificates={2: known})
    assert (found.state, found.standing) == (state, standing)


def test_the_last_review_counts() -> None:
    good, bad = Rated(date(2025, 1, 1), 1, 4.5), Rated(date(2026, 1, 1), 2, 2.5)
    assert line(REVIEW, reviews=[bad, good]).state is LineState.MISSING
    assert line(REVIEW, reviews=[good]).proofs[0].kind is ProofKind.REVIEW


def test_a_metric_is_the_mean_of_its_months_by_their_cases() -> None:
    known = [*figures(90, 75, 75), Figure(date(2026, 11, 1), Decimal(1), 99, 1)]
    found = line(CSAT, figures={5: known})
    assert (found.state, found.figure) == (LineState.MET, Decimal(80))
    heavy = [known[0], known[1]._replace(cases=200), known[2]]
    assert line(CSAT, figures={5: heavy}).state is LineState.MISSING
    assert line(CSAT, date(2026, 10, 30), figures={5: known}).state is LineState.UNKNOWN
    assert line(CSAT, date(2026, 10, 31), figures={5: known}).state is LineState.MET


def test_a_metric_with_a_month_or_cases_too_few_tells_nothing() -> None:
    assert line(CSAT, figures={5: figures(90, 90)}).state is LineState.UNKNOWN
    assert line(CSAT, figures={5: figures(90, 90, 90, cases=16)}).state is LineState.UNKNOWN


def test_a_metric_may_be_added_up_and_lower_may_be_better() -> None:
    most = MetricMark(Decimal(240), 3, lower_is_better=True, summed=True)
    need = replace(CSAT, metric=most)
    assert line(need, figures={5: figures(80, 80, 80)}).state is LineState.MET
    assert line(need, figures={5: figures(80, 80, 81)}).state is LineState.MISSING


days = st.dates(date(2020, 1, 1), DAY)
shown = st.builds(Shown, days, st.integers(1, 99), st.integers(1, 5))


@given(st.lists(shown, max_size=5), shown)
def test_more_evidence_takes_nothing_away_unless_it_is_newer_and_lower(
    before: list[Shown], more: Shown
) -> None:
    old, new = line(SKILL, levels={1: before}), line(SKILL, levels={1: [*before, more]})
    if old.is_met and not new.is_met:
        assert more > max(before)
        assert more.level < SKILL.level


@given(
    st.lists(st.tuples(days, st.integers(0, 900), st.booleans()), max_size=4),
    st.tuples(days, st.integers(0, 900), st.booleans()),
    st.sampled_from(list(EducationLevel)),
)
def test_more_work_courses_and_degrees_never_take_a_line_away(
    before: list[tuple[date, int, bool]], more: tuple[date, int, bool], level: EducationLevel
) -> None:
    def spells(rows: list[tuple[date, int, bool]]) -> list[Spell]:
        return [Spell(first, first + timedelta(days=long), 5, "service", leading)
                for first, long, leading in rows]  # fmt: skip

    facts = PersonFacts(spells=spells(before))
    richer = deepcopy(facts)
    richer.spells += spells([more])
    richer.degrees.append(Degree(level, 1, more[0], more[0]))
    richer.courses = {3: [(more[0], 1)]}
    for old, new in zip(readiness(facts, ALL, DAY), readiness(richer, ALL, DAY), strict=True):
        assert new.is_met or not old.is_met
