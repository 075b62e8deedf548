"""What a review lays beside the parts: goals, figures, evidence, certificates, public thanks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.competencies.states import EvidenceSource
from portal.core.db import db
from portal.recognition.states import ThanksVisibility
from portal.reviews import operations
from portal.reviews.material import material_of
from portal.reviews.models import Review
from portal.reviews.operations import Entry
from portal.reviews.packet import packet_of
from portal.reviews.states import PartKind
from tests.factories import certification, competencies, goals, metrics, recognition
from tests.factories import reviews as make
from tests.reviews.test_ways_out import GOALS

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def rated_with_a_goal() -> tuple[make.Scene, Review]:
    """The person gave the goal a 4 and the manager a 3; the competency a 3 each."""
    scene = make.review(cycle=make.cycle(template=make.template(sections=GOALS)))
    goal = goals.goal(scene.review.person, title="Answer faster", weight=60)
    for kind, by, level in ((PartKind.SELF, scene.self, 4), (PartKind.MANAGER, scene.manager, 3)):
        part = make.part(scene.review, kind, by)
        asked = operations.asked_of(part)
        entries = {f"g{goal.id}": Entry(level), f"c{scene.competency.id}": Entry(3)}
        operations.save_part(part, asked, entries=entries, answers={"strengths": "Calm"}, by=by)
        operations.submit_part(part, asked, by=by)
    operations.make_result(make.fresh(scene), by=scene.hr)
    return scene, make.fresh(scene)


def test_goals_stand_in_the_review_with_what_both_sides_said() -> None:
    _scene, review = rated_with_a_goal()
    (line,) = packet_of(review).goals
    assert (line.title, line.weight, line.result) == ("Answer faster", 60, None)
    assert (line.own, line.manager) == (4, 3)
    # Self 60·4 + 40·3, manager 60·3 + 40·3, weighted 20 and 50.
    assert review.score == pytest.approx((20 * 3.6 + 50 * 3) / 70)


def test_the_year_of_a_person_is_laid_beside_their_review(clock: Any) -> None:
    scene = make.review()
    person, metric = scene.review.person, metrics.metric()
    metrics.target(metric, 85)
    for month, figure in ((9, 82), (10, 87), (11, 99)):
        metrics.value(person, metric, figure, period=date(2026, month, 1))
    inside, outside = date(2026, 10, 31), date(2026, 11, 1)
    for day, source in (
        (inside, EvidenceSource.COURSE), (outside, EvidenceSource.COURSE),
        (inside, EvidenceSource.REVIEW),
    ):  # fmt: skip
        competencies.evidence(person, scene.competency, 4, observed_on=day, source=source)
    held = certification.certification("First aid")
    certification.award(person, held, date(2026, 2, 1), None)
    over = certification.certification("Old")
    certification.award(person, over, date(2024, 2, 1), date(2025, 2, 1))
    writer = recognition.colleague("Ada")
    for day, visibility in (
        (20, ThanksVisibility.PUBLIC), (21, ThanksVisibility.PRIVATE),
    ):  # fmt: skip
        clock(datetime(2026, 10, day, 9, tzinfo=UTC))
        recognition.thanks(
            writer, scene.self, message=f"Thank you for day {day}", visibility=visibility
        )
    clock(datetime(2026, 11, 24, 9, tzinfo=UTC))
    db.session.flush()
    found = material_of(make.fresh(scene))
    (trend,) = found.metrics
    assert [point.value for point in trend.points if point.value is not None] == [0.82, 0.87]
    assert trend.target == 0.85
    assert [(one.source, one.day) for one in found.evidence] == [(EvidenceSource.COURSE, inside)]
    assert [one.name["en"] for one in found.certificates] == ["First aid"]
    assert [(one.writer, one.message) for one in found.recognition] == [
        (writer.display_name, "Thank you for day 20")
    ]


def test_who_has_nothing_gets_an_empty_table() -> None:
    found = material_of(make.review().review)
    assert (found.metrics, found.evidence, found.certificates, found.recognition) == ((),) * 4
