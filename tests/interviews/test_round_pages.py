"""The pages of rounds: the plan's, scheduling, the panel's, and where an application stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.db import db
from portal.hiring.states import Stage
from portal.interviews import operations as op
from portal.interviews.models import InterviewPlan, PlanRound
from portal.interviews.states import Outcome
from tests.factories import hiring, people
from tests.factories import interviews as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def drafted(rounds: int = 1) -> dict[str, Any]:
    plan = make.plan(published=False, rounds=rounds)
    return {
        "hr": people.account(roles=["hr"]).id,
        "plan": plan.id,
        "url": f"/interviews/plans/{plan.id}",
        "rounds": [each.id for each in plan.rounds],
        "questions": [asked.question_id for asked in plan.questions],
        "weights": {f"weight-{part.id}": str(part.weight) for part in plan.competencies},
        "foreign": make.plan(published=False).rounds[0].id,
    }


def test_a_round_is_added_named_filled_moved_and_removed(client: PageClient, saved: Saved) -> None:
    found = saved(drafted)
    signed_in = client.as_(found["hr"])
    page = signed_in.submit(signed_in.get(found["url"]), "/rounds")
    assert "Second interview" in page.text
    second = saved(lambda: db.session.get_one(InterviewPlan, found["plan"]).rounds[1].id)
    form = f"/interviews/rounds/{second}"
    fields = signed_in.get(form).fields(form)
    assert signed_in.post(form, fields | {"name-en": "Trial day", "minutes": "90"}).status == 303
    assert "Trial day" in signed_in.get(found["url"]).text
    one, two = found["questions"]
    edit = f"{found['url']}/edit"
    sent = signed_in.get(edit).fields(edit) | {f"round-{two}": str(second), f"place-{two}": "1"}
    assert signed_in.post(edit, sent).status == 303
    refused = signed_in.post(f"{form}/remove")
    assert refused.status == 409
    assert "Questions stand in this round" in refused.text
    assert signed_in.post(f"{form}/move", {"to": "earlier"}).status == 303

    def stored() -> list[tuple[str, list[int]]]:
        plan = db.session.get_one(InterviewPlan, found["plan"])
        return [(r.name["en"], [q.question_id for q in r.questions]) for r in plan.rounds]

    assert saved(stored) == [("Trial day", [two]), ("First interview", [one])]
    sent = signed_in.get(edit).fields(edit) | {f"place-{two}": ""}
    assert signed_in.post(edit, sent).status == 303
    page = signed_in.submit(signed_in.get(found["url"]), f"{form}/remove")
    assert "Trial day" not in page.text
    assert "First interview" not in page.text


def test_a_round_of_another_plan_is_no_choice(client: PageClient, saved: Saved) -> None:
    found = saved(lambda: drafted(2))
    edit = f"{found['url']}/edit"
    signed_in = client.as_(found["hr"])
    sent = signed_in.get(edit).fields(edit)
    for wrong in (str(found["foreign"]), "0", "x", "9" * 40):
        page = signed_in.post(edit, sent | {f"round-{found['questions'][0]}": wrong})
        assert page.status == 422
        assert "one of the rounds of this plan" in page.text


def test_a_round_without_a_name_is_said_at_its_field(client: PageClient, saved: Saved) -> None:
    found = saved(lambda: drafted(2))
    form = f"/interviews/rounds/{found['rounds'][1]}"
    signed_in = client.as_(found["hr"])
    fields = signed_in.get(form).fields(form)
    empty = fields | {name: "" for name in fields if name.startswith("name-")}
    for wrong in (empty, fields | {"minutes": "5"}, fields | {"panel_size": "x"}):
        assert signed_in.post(form, wrong).status == 422


def test_pinning_a_plan_with_an_empty_round_names_it(client: PageClient, saved: Saved) -> None:
    found = saved(drafted)
    signed_in = client.as_(found["hr"])
    signed_in.post(f"{found['url']}/rounds")
    page = signed_in.post(f"{found['url']}/publish")
    assert page.status == 409
    assert "Second interview" in page.text


def candidate() -> dict[str, Any]:
    """Somebody whose first round is decided, and who may be invited to the second."""
    application = hiring.application(stage=Stage.SCREENED)
    plan = make.plan(application.posting.requisition, rounds=2)
    plan.rounds[1].minutes = 75
    hr = people.account(roles=["hr"])
    panel = [make.interviewer("Mert"), make.interviewer("Selin")]
    first = op.schedule_interview(
        application, panel=panel, starts_at=clock.now() + timedelta(hours=2), minutes=45,
        time_zone="Europe/Istanbul", place="Room 4", by=hr,
    )  # fmt: skip
    db.session.flush()
    for card in first.scorecards:
        make.submit(card)
    return {
        "hr": hr.id,
        "panel": [account.id for account in panel],
        "first": first.id,
        "application": application.id,
        "page": f"/hiring/applications/{application.id}",
        "schedule": f"/interviews/schedule/{application.id}",
        "rounds": [each.id for each in plan.rounds],
        "foreign": make.plan().rounds[0].id,
    }


def advance(found: dict[str, Any]) -> None:
    from portal.accounts.models import Account
    from portal.interviews.models import Interview

    op.decide(
        db.session.get_one(Interview, found["first"]), outcome=Outcome.ADVANCE,
        override_reason=None, note="", by=db.session.get_one(Account, found["hr"]),
    )  # fmt: skip


def test_the_next_round_is_offered_when_the_one_before_is_decided(
    client: PageClient, saved: Saved
) -> None:
    found = saved(candidate)
    signed_in = client.as_(found["hr"])
    waiting = signed_in.get(found["schedule"])
    assert "One round after the other" in waiting.text
    page = signed_in.get(found["page"])
    assert "2. Second interview" in page.text
    assert "Not yet" in page.text
    panel = signed_in.get(f"/interviews/{found['first']}/panel")
    assert "invited to the next round" in panel.text
    decided = signed_in.post(
        f"/interviews/{found['first']}/decision", {"outcome": "advance"}, follow=True
    )
    assert "goes on to the next round" in decided.text
    assert "Comes next" in signed_in.get(found["page"]).text
    form = signed_in.get(found["schedule"])
    fields = form.fields(found["schedule"])
    assert fields["plan_round"] == str(found["rounds"][1])
    assert fields["minutes"] == "75"
    sent = fields | {
        "starts_at": "2026-11-25T10:00", "place": "Room 5",
        "panel": [str(key) for key in found["panel"]],
    }  # fmt: skip
    for wrong in (found["rounds"][0], found["foreign"], 0):
        assert signed_in.post(found["schedule"], sent | {"plan_round": str(wrong)}).status == 422
    assert signed_in.post(found["schedule"], sent).status == 303
    assert signed_in.post(found["schedule"], sent).status == 422
    assert "Comes next" not in signed_in.get(found["page"]).text


def test_the_last_panel_shows_every_round_beside_the_score_of_all(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> dict[str, Any]:
        from portal.hiring.models import Application

        found = candidate()
        advance(found)
        application = db.session.get_one(Application, found["application"])
        second = make.interview(application)
        for card in second.scorecards:
            make.submit(card, 5, 5)
        return found | {"second": second.id, "sits": second.scorecards[0].account_id}

    found = saved(scene)
    url = f"/interviews/{found['second']}/panel"
    page = client.as_(found["hr"]).get(url)
    assert "The rounds side by side" in page.text
    for score in ("4.00", "5.00", "4.50"):
        assert score in page.text
    assert page.tree.xpath("//a[@href=$u]", u=f"/interviews/{found['first']}/panel")
    theirs = client.as_(found["sits"]).get(url)
    assert theirs.status == 200
    assert not theirs.tree.xpath("//a[@href=$u]", u=f"/interviews/{found['first']}/panel")
    assert (
        "The rounds side by side"
        not in client.as_(found["hr"]).get(f"/interviews/{found['first']}/panel").text
    )


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_the_pages_of_rounds_open_in_every_language(
    client: PageClient, saved: Saved, language: str
) -> None:
    found = saved(lambda: drafted(2))
    signed_in = client.as_(found["hr"])
    for path in (found["url"], f"{found['url']}/edit", f"/interviews/rounds/{found['rounds'][1]}"):
        page = signed_in.get(f"{path}?lang={language}")
        assert page.status == 200
    name = saved(lambda: db.session.get_one(PlanRound, found["rounds"][1]).name[language])
    assert name in signed_in.get(f"{found['url']}?lang={language}").text
