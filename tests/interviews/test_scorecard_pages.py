"""The scorecard as an interviewer meets it: script, questions, drafts, submitting, amending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import files
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.hiring.states import HiringFact, Stage
from portal.interviews.models import Interview, Scorecard
from portal.interviews.states import InterviewState, ScorecardState
from tests.factories import hiring, people
from tests.factories import interviews as make
from tests.page import Page, PageClient

Saved = Callable[[Callable[[], Any]], Any]
SCRIPT = {"Accept": "application/json"}


def a_card(**plan: Any) -> dict[str, Any]:
    made = make.interview(plan_=make.plan(**plan) if plan else None)
    card = made.scorecards[0]
    return {
        "id": card.id,
        "account": card.account_id,
        "interview": made.id,
        "questions": [question.id for question in made.plan.questions],
        "url": f"/interviews/scorecards/{card.id}",
        "version": str(card.version),
        "other": (made.scorecards[1].id, made.scorecards[1].account_id),
    }


def filled(found: dict[str, Any], *ratings: str, note: str = "Heard it") -> dict[str, Any]:
    fields: dict[str, Any] = {"version": found["version"], "steps": ["introduce", "explain"]}
    for question, rating in zip(found["questions"], ratings, strict=True):
        fields |= {f"note-{question}": note, f"rating-{question}": rating}
    return fields


def stored(card_id: int) -> dict[str, Any]:
    card = db.session.get_one(Scorecard, card_id)
    return {
        "state": card.state,
        "version": card.version,
        "steps": card.steps,
        "answers": [
            (answer.note, answer.rating, answer.not_observed, answer.skip_reason)
            for answer in sorted(card.answers, key=lambda answer: answer.plan_question_id)
        ],
        "interview": card.interview.state,
        "amendments": [amendment.reason for amendment in card.amendments],
    }


def value_of(page: Page, name: str) -> str:
    [field] = page.tree.xpath("//textarea[@name=$n] | //input[@name=$n][@checked]", n=name)
    return str(field.value if field.tag == "textarea" else field.get("value")).strip()


def test_the_page_leads_through_the_script_with_the_sentences_in_sight(
    client: PageClient, saved: Saved
) -> None:
    found = saved(a_card)
    page = client.as_(found["account"]).get(found["url"])
    assert len(page.tree.xpath("//input[@name='steps']")) == 6
    for question in found["questions"]:
        assert len(page.tree.xpath("//input[@name=$n]", n=f"rating-{question}")) == 6
    for wanted in (
        "at level 3.",
        "What did you check first?",
        "Listen for: A cause",
        "TRY 480,000",
        "Nobody sees your notes",
    ):
        assert wanted in page.text
    assert page.tree.xpath("//form/@data-autosave") == [f"{found['url']}/draft"]


@pytest.mark.parametrize(("language", "anchor"), [("tr", "(tr)"), ("es", "(es)"), ("ja", "(ja)")])
def test_questions_and_sentences_are_in_the_interviewers_language(
    client: PageClient, saved: Saved, language: str, anchor: str
) -> None:
    def scene() -> dict[str, Any]:
        found = a_card()
        db.session.get_one(Scorecard, found["id"]).account.language = language
        return found

    found = saved(scene)
    page = client.as_(found["account"]).get(found["url"])
    assert page.tree.get("lang") == language
    assert f"at level 3. {anchor}" in page.text


def test_the_panel_reads_what_was_written_but_no_contact_data(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> dict[str, Any]:
        found = a_card()
        application = db.session.get_one(Interview, found["interview"]).application
        application.phone = "+90 555 000 11 22"
        return found | {"email": application.email}

    found = saved(scene)
    page = client.as_(found["account"]).get(found["url"])
    assert "4 years in retail banking" in page.text
    assert found["email"] not in page.html
    assert "+90 555" not in page.html


@pytest.mark.parametrize("questions", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_questions(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], questions: int
) -> None:
    weights = {1: (100,), 3: (40, 35, 25)}[questions]
    found = saved(lambda: a_card(weights=weights))
    signed_in = client.as_(found["account"])
    count_queries()
    signed_in.get(found["url"])
    assert count_queries() == 9


def test_a_draft_saves_itself_and_answers_with_its_version(
    client: PageClient, saved: Saved
) -> None:
    found = saved(a_card)
    signed_in = client.as_(found["account"])
    answer = signed_in.post(f"{found['url']}/draft", filled(found, "4", "0"), headers=SCRIPT)
    assert answer.status == 200
    now = saved(lambda: stored(found["id"]))
    assert answer.response.json == {"version": now["version"]}
    assert now["answers"] == [("Heard it", 4, False, None), ("Heard it", None, True, None)]
    assert now["steps"] == ["introduce", "explain"]
    page = signed_in.get(found["url"])
    assert value_of(page, f"rating-{found['questions'][0]}") == "4"
    assert value_of(page, f"rating-{found['questions'][1]}") == "0"


@pytest.mark.parametrize("questions", [1, 3])
def test_saving_a_draft_again_costs_the_same_for_one_and_three_questions(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], questions: int
) -> None:
    weights = {1: (100,), 3: (40, 35, 25)}[questions]
    found = saved(lambda: a_card(weights=weights))
    signed_in = client.as_(found["account"])
    first, again = (filled(found, *[rating] * questions) for rating in ("4", "3"))
    answer = signed_in.post(f"{found['url']}/draft", first, headers=SCRIPT)
    count_queries()
    signed_in.post(f"{found['url']}/draft", again | answer.response.json, headers=SCRIPT)
    assert count_queries() == 5


def test_a_draft_saves_without_a_script_too(client: PageClient, saved: Saved) -> None:
    found = saved(a_card)
    signed_in = client.as_(found["account"])
    page = signed_in.post(f"{found['url']}/draft", filled(found, "4", ""), follow=True)
    assert "Draft saved" in page.text


def test_a_draft_from_an_old_page_is_stale_unless_it_says_the_same(
    client: PageClient, saved: Saved
) -> None:
    found = saved(a_card)
    signed_in = client.as_(found["account"])
    url = f"{found['url']}/draft"
    signed_in.post(url, filled(found, "4", "4"), headers=SCRIPT)
    assert signed_in.post(url, filled(found, "4", "4"), headers=SCRIPT).status == 200
    stale = signed_in.post(url, filled(found, "2", "4"), headers=SCRIPT)
    assert stale.status == 409
    kept = signed_in.post(url, filled(found, "2", "4", note="my own words"))
    assert kept.status == 409
    assert value_of(kept, f"note-{found['questions'][0]}") == "my own words"
    again = signed_in.submit(kept, found["url"].split("/")[-1], follow=False)
    assert again.status == 303


@pytest.mark.parametrize(
    "change",
    [
        {"rating": "6"},
        {"rating": "x"},
        {"skip": "because"},
        {"note": "x" * 10_001},
        {"note": "\x00"},
    ],
)
def test_what_no_page_sends_is_refused_and_nothing_is_saved(
    client: PageClient, saved: Saved, change: dict[str, str]
) -> None:
    found = saved(a_card)
    fields = filled(found, "4", "4")
    for name, value in change.items():
        fields[f"{name}-{found['questions'][0]}"] = value
    signed_in = client.as_(found["account"])
    assert signed_in.post(f"{found['url']}/draft", fields, headers=SCRIPT).status == 422
    assert signed_in.post(found["url"], fields).status == 422
    assert saved(lambda: stored(found["id"]))["answers"] == []


def test_a_reason_for_skipping_counts_instead_of_a_sentence(
    client: PageClient, saved: Saved
) -> None:
    found = saved(a_card)
    fields = filled(found, "4", "4") | {f"skip-{found['questions'][0]}": "no_time"}
    client.as_(found["account"]).post(f"{found['url']}/draft", fields)
    rows = saved(lambda: stored(found["id"]))["answers"]
    assert rows[0][1] is None
    assert str(rows[0][3]) == "no_time"


def test_submitting_says_everything_that_is_missing_and_keeps_what_was_typed(
    client: PageClient, saved: Saved
) -> None:
    found = saved(a_card)
    first, second = found["questions"]
    fields = {
        "version": found["version"],
        f"note-{first}": " ",
        f"rating-{first}": "5",
        f"note-{second}": "Türkçe ığş 👩🏽‍💻 <script>",
        "steps": ["introduce"],
    }
    page = client.as_(found["account"]).post(found["url"], fields)
    assert page.status == 422
    assert page.tree.xpath("//title")[0].text.startswith("Error")
    links = page.tree.xpath("//div[@class='error-summary']//a/@href")
    assert links == [f"#note-{first}", f"#rating-{second}"]
    for link in links:
        assert page.tree.xpath("//*[@id=$id]", id=link[1:])
    assert value_of(page, f"note-{second}") == "Türkçe ığş 👩🏽‍💻 <script>"
    assert value_of(page, f"rating-{first}") == "5"
    assert page.tree.xpath("//input[@name='steps'][@checked]/@value") == ["introduce"]


def test_submitting_locks_the_scorecard_and_twice_is_once(client: PageClient, saved: Saved) -> None:
    found = saved(a_card)
    signed_in = client.as_(found["account"])
    assert signed_in.post(found["url"], filled(found, "4", "5")).status == 303
    now = saved(lambda: stored(found["id"]))
    assert now["state"] is ScorecardState.SUBMITTED
    assert now["interview"] is InterviewState.SCHEDULED
    assert signed_in.post(found["url"], filled(found, "1", "1")).status == 409
    late = signed_in.post(f"{found['url']}/draft", filled(found, "1", "1"), headers=SCRIPT)
    assert late.status == 409
    assert saved(lambda: stored(found["id"]))["answers"] == now["answers"]
    page = signed_in.get(found["url"])
    assert "Submitted" in page.text
    assert not page.tree.xpath("//textarea")


def test_the_last_to_submit_is_led_to_the_panel(client: PageClient, saved: Saved) -> None:
    def scene() -> dict[str, Any]:
        found = a_card()
        make.submit(db.session.get_one(Scorecard, found["other"][0]))
        return found

    found = saved(scene)
    page = client.as_(found["account"]).post(found["url"], filled(found, "4", "5"), follow=True)
    assert page.response.request.path == f"/interviews/{found['interview']}/panel"
    assert "the panel is complete" in page.text


def test_nobody_else_opens_or_changes_a_scorecard(client: PageClient, saved: Saved) -> None:
    found = saved(a_card)
    other = client.as_(found["other"][1])
    assert other.get(found["url"]).status == 403
    assert other.post(found["url"], filled(found, "4", "4")).status == 403
    assert other.post(f"{found['url']}/draft", filled(found, "4", "4")).status == 403
    assert other.get("/interviews/scorecards/999999999999").status == 404


def test_an_amendment_needs_a_reason_and_keeps_what_stood_there(
    client: PageClient, saved: Saved
) -> None:
    found = saved(a_card)
    signed_in = client.as_(found["account"])
    url = f"{found['url']}/amend"
    assert signed_in.get(url).status == 403
    signed_in.post(found["url"], filled(found, "4", "4"))
    page = signed_in.get(url)
    found["version"] = page.tree.xpath("//input[@name='version']/@value")[0]
    refused = signed_in.post(url, filled(found, "3", "4"))
    assert refused.status == 422
    assert "#reason" in refused.tree.xpath("//div[@class='error-summary']//a/@href")
    same = signed_in.post(url, filled(found, "4", "4") | {"reason": "none"})
    assert "Nothing has changed" in same.text
    assert signed_in.post(url, filled(found, "3", "4") | {"reason": "Misheard"}).status == 303
    now = saved(lambda: stored(found["id"]))
    assert now["amendments"] == ["Misheard"]
    assert now["answers"][0][1] == 3
    assert "Misheard" in signed_in.get(found["url"]).text


def with_cv(**values: Any) -> dict[str, Any]:
    cv = files.store(b"%PDF-1.4 x", name="Ceren.pdf", media_type="application/pdf")
    application = hiring.application(
        stage=Stage.INTERVIEW, cv_file=cv, email="ceren@home.example", phone="+905321234567"
    )
    made = make.interview(application, **values)
    card = made.scorecards[0]
    return {
        "account": card.account_id,
        "url": f"/interviews/scorecards/{card.id}",
        "other": made.scorecards[1].account_id,
        "application": application.id,
        "hr": people.account(roles=["hr"]).id,
    }


def test_an_interviewer_reads_cv_and_answers_but_no_contact_data(
    client: PageClient, saved: Saved
) -> None:
    found = saved(with_cv)
    page = client.as_(found["account"]).get(found["url"])
    assert page.tree.xpath("//a[@href='#candidate']")
    assert "Speaks English" in page.text
    assert "ceren@home.example" not in page.html
    assert "5321234567" not in page.html
    [link] = page.tree.xpath("//a[contains(., 'Open the CV')]/@href")
    answer = client.as_(found["account"]).get(link).response
    assert answer.get_data() == b"%PDF-1.4 x"
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_reading_the_cv_from_a_scorecard_is_recorded(client: PageClient, saved: Saved) -> None:
    found = saved(with_cv)
    client.as_(found["account"]).get(f"{found['url']}/cv").response.get_data()

    def recorded() -> list[tuple[Any, ...]]:
        rows = db.session.scalars(
            sa.select(AuditEvent).where(AuditEvent.action == HiringFact.CV_OPENED.value)
        )
        return [(row.account_id, row.subject_type, row.subject_id) for row in rows]

    assert saved(recorded) == [(found["account"], "application", found["application"])]


def test_nobody_else_reads_the_cv_from_a_scorecard(client: PageClient, saved: Saved) -> None:
    found = saved(with_cv)
    for who in ("other", "hr"):
        assert client.as_(found[who]).get(f"{found['url']}/cv").status == 403
    assert client.as_(None).get(f"{found['url']}/cv").status == 303


def test_a_cancelled_interview_closes_the_cv(client: PageClient, saved: Saved) -> None:
    found = saved(lambda: with_cv(state=InterviewState.CANCELLED))
    assert client.as_(found["account"]).get(f"{found['url']}/cv").status == 403


def test_a_candidate_without_cv_has_none_to_open(client: PageClient, saved: Saved) -> None:
    found = saved(a_card)
    signed_in = client.as_(found["account"])
    assert "Open the CV" not in signed_in.get(found["url"]).text
    assert signed_in.get(f"{found['url']}/cv").status == 404
