"""Reviews: every refusal, goals in a part, papers, jobs, and what lists cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.reviews import jobs, operations
from portal.reviews.calibration import is_far, manager_of
from portal.reviews.models import ReviewTemplate
from portal.reviews.operations import Entry, Section
from portal.reviews.operations import papers as papers_module
from portal.reviews.operations.template import MOST_SECTIONS
from portal.reviews.states import (
    BatchKind,
    BatchState,
    CycleState,
    PartKind,
    PartState,
    ReviewState,
    SectionKind,
    TemplateState,
)
from tests.conftest import MOMENT
from tests.factories import goals, people
from tests.factories import reviews as make
from tests.factories.people import in_words
from tests.page import PageClient
from tests.reviews.test_launch import TERMS
from tests.waiting import payloads

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def refusal(action: Any, *values: Any, **named: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        action(*values, **named)
    return caught.value


def hr() -> Any:
    return people.account(roles=["hr"])


# --- Cycles and their people ----------------------------------------------------------------------


def test_a_cycle_takes_a_template_in_use_before_and_while_it_is_prepared() -> None:
    by, retired = hr(), make.template(state=TemplateState.RETIRED)
    assert refusal(operations.add_cycle, retired, TERMS, by=by).field == "template"
    cycle = operations.add_cycle(make.template(), TERMS, by=by)
    db.session.flush()
    assert refusal(operations.change_cycle, cycle, retired, TERMS, by=by).field == "template"
    other = make.template()
    operations.change_cycle(cycle, other, TERMS, by=by)
    assert cycle.template_id == other.id


@pytest.mark.parametrize("state", [CycleState.CLOSED, CycleState.CANCELLED])
def test_a_cycle_that_is_over_stays_as_it_is(state: CycleState) -> None:
    by, cycle = hr(), make.cycle(state=state)
    changed = replace(TERMS, name=in_words("Other"))
    for step in (
        lambda: operations.change_cycle(cycle, cycle.template, changed, by=by),
        lambda: operations.close_cycle(cycle, by=by),
        lambda: operations.cancel_cycle(cycle, reason="Late", by=by),
        lambda: operations.add_person(cycle, people.employment().person, by=by),
    ):
        refusal(step)
    assert cycle.state is state


def test_nobody_is_in_two_running_cycles_or_added_without_working_here() -> None:
    scene, by = make.review(), hr()
    other = make.cycle()
    for person, words in (
        (scene.review.person, "in another running cycle"), (people.person(), "not work here"),
    ):  # fmt: skip
        refused = refusal(operations.add_person, other, person, by=by)
        assert refused.field == "person"
        assert words in refused.message


def test_a_review_is_called_off_once_and_for_a_reason() -> None:
    scene = make.review()
    refused = refusal(operations.cancel_review, scene.review, note=" ", by=scene.hr)
    assert refused.field == "note"
    operations.cancel_review(scene.review, note="On leave", by=scene.hr)
    again = refusal(operations.cancel_review, scene.review, note="On leave", by=scene.hr)
    assert "over and stays" in again.message


# --- Parts ----------------------------------------------------------------------------------------


GOALS = [
    make.section("work", "goals", 60), make.section("skills", "competencies", 40),
    make.section("strengths"),
]  # fmt: skip


def test_a_part_asks_about_the_goals_of_the_period_and_counts_them() -> None:
    scene = make.review(cycle=make.cycle(template=make.template(sections=GOALS)))
    kept = goals.goal(scene.review.person, title="Answer faster")
    goals.goal(people.person())
    part = make.part(scene.review, PartKind.SELF, scene.self)
    asked = operations.asked_of(part)
    skill = f"c{scene.competency.id}"
    assert asked.rated == [f"g{kept.id}", skill]
    entries = {f"g{kept.id}": Entry(5, note="Three weeks early"), skill: Entry(3)}
    operations.save_part(part, asked, entries=entries, answers={"strengths": "Calm"}, by=scene.self)
    operations.submit_part(part, asked, by=scene.self)
    assert {row.subject: row.goal_id for row in part.ratings} == {
        f"g{kept.id}": kept.id, skill: None,
    }  # fmt: skip
    # (60·5 + 40·3) ÷ 100
    assert part.score == pytest.approx(4.2)


def test_what_is_left_empty_is_named_at_its_level() -> None:
    scene = make.review()
    part = make.part(scene.review, PartKind.SELF, scene.self)
    asked, subject = operations.asked_of(part), f"c{scene.competency.id}"
    operations.save_part(part, asked, entries={}, answers={"strengths": "Calm"}, by=scene.self)
    refused = refusal(operations.submit_part, part, asked, by=scene.self)
    assert (refused.field, part.state) == (f"level-{subject}", PartState.OPEN)


def test_nobody_chooses_a_level_and_says_that_they_cannot_tell() -> None:
    scene = make.review()
    part = make.part(scene.review, PartKind.SELF, scene.self)
    asked, subject = operations.asked_of(part), f"c{scene.competency.id}"
    both = {subject: Entry(3, cannot_tell=True)}
    refused = refusal(operations.save_part, part, asked, entries=both, answers={}, by=scene.self)
    assert refused.field == f"level-{subject}"


def test_a_part_goes_back_only_before_the_result_and_with_a_word() -> None:
    scene = make.written()
    part = next(one for one in make.fresh(scene).parts if one.kind is PartKind.SELF)
    assert refusal(operations.return_part, part, reason=" ", by=scene.manager).field == "reason"
    operations.make_result(make.fresh(scene), by=scene.hr)
    refused = refusal(operations.return_part, part, reason="More", by=scene.manager)
    assert "can no longer be changed" in refused.message
    assert part.state is PartState.SUBMITTED


# --- Closing --------------------------------------------------------------------------------------


def own_of(scene: make.Scene) -> Any:
    """The person themself, of HR."""
    scene.self.roles = ["hr"]
    return scene.self


def test_nobody_of_hr_releases_or_reopens_their_own() -> None:
    rated, signed = make.rated(), make.signed()
    message = refusal(operations.release, make.fresh(rated), by=own_of(rated)).message
    assert "release your review" in message
    message = refusal(
        operations.reopen, make.fresh(signed), reason="Wrong", by=own_of(signed)
    ).message
    assert "reopen your review" in message


def test_only_what_is_signed_is_reopened_and_only_what_is_out_is_noted_unsigned() -> None:
    writing = make.written()
    refused = refusal(operations.reopen, make.fresh(writing), reason="Wrong", by=writing.hr)
    assert "Only a signed review" in refused.message
    for scene in (writing, make.rated()):
        refused = refusal(operations.note_unsigned, make.fresh(scene), note="Ill", by=scene.hr)
        assert "nothing to note" in refused.message


def test_nobody_is_reminded_where_nothing_is_open() -> None:
    scene = make.review()
    make.part(scene.review, PartKind.MANAGER, scene.manager)
    refused = refusal(operations.nudge, [scene.review], by=scene.manager)
    assert "Nobody else has an open part" in refused.message
    assert operations.nudge([scene.review], by=scene.hr) == 1


# --- Templates ------------------------------------------------------------------------------------


def test_a_template_has_some_sections_and_a_draft_can_go() -> None:
    by = hr()
    draft = operations.add_template(name=in_words("Review"), by=by)
    question = Section(SectionKind.TEXT, in_words("Why?"), {}, [PartKind.SELF])
    for _one in range(MOST_SECTIONS):
        operations.add_section(draft, question, by=by)
    refused = refusal(operations.add_section, draft, question, by=by)
    assert str(MOST_SECTIONS) in refused.message
    db.session.flush()
    operations.discard_template(draft, by=by)
    db.session.flush()
    assert db.session.scalars(sa.select(ReviewTemplate.id)).all() == []
    used = make.template()
    for step in (operations.discard_template, operations.require_draft):
        named = {"by": by} if step is operations.discard_template else {}
        assert "was published" in refusal(step, used, **named).message


# --- Papers ---------------------------------------------------------------------------------------


def test_papers_are_some_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = make.signed()
    key, by = make.record_of(scene).id, scene.hr
    refused = refusal(operations.order_papers, scene.cycle, [], BatchKind.ZIP, by=by)
    assert "signed review" in refused.message
    monkeypatch.setattr(papers_module, "MOST", 1)
    refused = refusal(operations.order_papers, scene.cycle, [key, key], BatchKind.ZIP, by=by)
    assert "Choose a team" in refused.message


def test_papers_wait_for_the_last_and_of_two_workers_one_keeps_the_file() -> None:
    scene = make.signed()
    record = make.record_of(scene)
    batch = operations.order_papers(scene.cycle, [record.id], BatchKind.ZIP, by=scene.hr)
    db.session.flush()
    asked = len(payloads(operations.JOB))
    assert operations.order_of(batch) is None
    jobs.put_together(batch.id)
    assert len(payloads(operations.JOB)) == asked + 1
    nothing = papers_module.Order(BatchKind.ZIP, "Empty", ())
    operations.keep_batch(batch, nothing, b"")
    assert batch.state is BatchState.FAILED
    operations.keep_batch(batch, nothing, b"late")
    jobs.put_together(batch.id)
    assert (batch.state, batch.file) == (BatchState.FAILED, None)
    assert len(payloads(operations.JOB)) == asked + 1


# --- Jobs and figures -----------------------------------------------------------------------------


def test_a_launch_is_told_by_a_job_and_the_morning_follows_who_left(clock: Any) -> None:
    scene = make.review()
    db.session.query(Notice).delete()
    jobs.tell_of_launch([scene.review.id])
    db.session.flush()
    assert {one.account_id for one in db.session.query(Notice)} == {scene.self.id}
    scene.review.person.employments[0].ends_on = MOMENT.date()
    db.session.flush()
    clock(MOMENT + timedelta(days=3))
    jobs.look_after()
    db.session.refresh(scene.review)
    assert scene.review.state is ReviewState.CANCELLED
    assert db.session.query(OutgoingMail).filter_by(kind="reviews/remind").count() == 0


class Row:
    """What ``queries.results_of`` finds of a review without a manager and without a result."""

    rating = score = None
    manager_given = manager_family = manager_language = None


def test_a_review_without_a_manager_or_result_stands_in_the_comparison_without_a_word() -> None:
    assert (manager_of(Row), is_far(Row)) == ("", False)


# --- Pages that are sent too late -----------------------------------------------------------------


def test_pages_sent_too_late_or_by_others_say_why(client: PageClient) -> None:
    scene, over = make.review(), make.cycle(state=CycleState.CLOSED)
    part = make.submitted(scene.review, PartKind.SELF, scene.self)
    db.session.commit()
    hr, cycle = client.as_(scene.hr), f"/reviews/cycles/{scene.cycle.id}"
    people_path, peers = f"{cycle}/people/add", f"/reviews/{scene.review.id}/peers"
    late = make.rated()
    db.session.commit()
    peer = people.employment().person.id
    db.session.commit()
    found = [
        (
            client.as_(late.hr).post(f"/reviews/{late.review.id}/peers", {"peer": str(peer)}),
            "Peers are named while",
        ),
        (hr.post(f"/reviews/parts/{part.id}", {}), "Only who writes this part"),
        (hr.post(people_path, {"person": "0"}), "Choose somebody from the list"),
        (hr.post(peers, {"peer": "x"}), "Choose somebody from the list"),
        (hr.get(f"/reviews/cycles/{over.id}/close"), "Only a running cycle"),
        (hr.get(f"/reviews/cycles/{over.id}/cancel"), "This cycle is over"),
    ]
    for page, words in found:
        assert page.status in {409, 422}, words
        assert words in page.text


# --- Costs ----------------------------------------------------------------------------------------


LISTS = {
    "/my/reviews": ("self", 5),
    "/reviews/cycles": ("hr", 4),
    "/reviews/cycles/{cycle}": ("hr", 5),
    "/reviews/cycles/{cycle}/papers": ("hr", 6),
    "/reviews/cycles/{cycle}/close": ("hr", 5),
    "/reviews/{review}": ("manager", 14),
    "/reviews/{review}/peers": ("manager", 6),
    "/settings/reviews": ("hr", 3),
    "/settings/reviews/{template}": ("hr", 4),
}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", LISTS)
def test_the_lists_cost_the_same_with_one_row_and_with_three(
    client: PageClient, count_queries: Callable[[], int], path: str, number: int
) -> None:
    scene = make.review()
    make.part(scene.review, PartKind.SELF, scene.self)
    make.submitted(scene.review, PartKind.MANAGER, scene.manager)
    by = scene.hr
    for _one in range(number):
        other = make.review(cycle=scene.cycle)
        make.part(other.review, PartKind.PEER, scene.self)
        make.submitted(make.review(cycle=scene.cycle).review, PartKind.PEER, scene.self)
        someone = people.account(person=people.employment().person)
        make.submitted(scene.review, PartKind.PEER, someone)
        make.part(scene.review, PartKind.PEER, people.employment().person, state=PartState.NAMED)
        make.plain_review(
            cycle=make.cycle(state=CycleState.CLOSED), person=scene.review.person,
            team=scene.review.team, role=scene.review.role, manager=scene.review.manager,
            competency=scene.competency, state=ReviewState.CANCELLED,
        )  # fmt: skip
        if "papers" in path:
            make.signed(cycle=scene.cycle)
        operations.add_template(name=in_words("Review"), by=by)
    db.session.commit()
    reader, cost = LISTS[path]
    url = path.format(
        cycle=scene.cycle.id, review=scene.review.id, template=scene.cycle.template_id
    )
    browser = client.as_(getattr(scene, reader))
    browser.get(url)
    count_queries()
    assert browser.get(url).status == 200
    assert (path, count_queries()) == (path, cost)
