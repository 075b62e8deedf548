"""Who does what with a promotion, in every state: one literal table; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.documents.operations import keep_file
from portal.core.errors import Refused
from portal.people.models import Person
from portal.promotions import jobs, operations, policy
from portal.promotions.models import Promotion
from portal.promotions.states import PromotionState, StepKind
from tests.conftest import MOMENT
from tests.factories import people
from tests.factories import promotions as make
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")

EVERYONE = ("lead", "chief", "hr", "director", "own")
KEEPERS = "lead chief hr"
S = PromotionState


@pytest.fixture
def who() -> make.Line:
    return make.line()


def names(who: make.Line, rule: str, row: object) -> str:
    return " ".join(one for one in EVERYONE if getattr(policy, rule)(getattr(who, one), row))


CHANGE = {"change_promotion": KEEPERS}
WITHDRAW = {"withdraw_promotion": KEEPERS, "write_announcement": KEEPERS}
OWN = {"read_own": "own"}

TABLE = {
    # The chief is asked first: the lead proposed it.
    S.IN_APPROVAL: {**CHANGE, **WITHDRAW, "decide_step": "chief"},
    S.RETURNED: {**CHANGE, **WITHDRAW},
    S.APPROVED: {**CHANGE, **WITHDRAW, "tell_person": KEEPERS},
    S.OFFERED: {**WITHDRAW, **OWN, "answer_promotion": "own"},
    S.ACCEPTED: {**WITHDRAW, **OWN},
    S.EFFECTIVE: {**OWN, "write_announcement": KEEPERS},
    S.DECLINED: OWN,
    S.LAPSED: {},
    S.WITHDRAWN: {},
    S.ENDED: {},
}

RULES = (
    "change_promotion", "withdraw_promotion", "write_announcement", "decide_step", "tell_person",
    "answer_promotion", "read_own", "read_news",
)  # fmt: skip


@pytest.mark.parametrize("state", S)
def test_who_does_what(who: make.Line, state: PromotionState) -> None:
    row = make.proposed(who)
    with db.session.no_autoflush:
        row.state = state
        found = {rule: names(who, rule, row) for rule in RULES}
    db.session.expire(row)
    assert {rule: by for rule, by in found.items() if by} == TABLE[state]


def test_the_news_are_everyones_once_they_are_told(who: make.Line) -> None:
    row = make.proposed(who)
    row.announced_at = MOMENT
    assert names(who, "read_news", row) == " ".join(EVERYONE)


def test_nobody_proposes_themself_or_who_does_not_work_here(who: make.Line) -> None:
    assert names(who, "propose", who.person) == KEEPERS
    who.own.roles = ["hr", "manager"]
    assert not policy.propose(who.own, who.person)
    assert names(who, "propose", people.person("Gone")) == ""


@pytest.mark.parametrize(
    ("kind", "by_line", "asked"),
    [
        (StepKind.MANAGER, True, "chief"), (StepKind.MANAGER, False, "lead chief"),
        (StepKind.HR, True, "hr own"), (StepKind.DIRECTOR, True, "director own"),
    ],
)  # fmt: skip
def test_whom_a_step_asks_but_nobody_about_themself(
    who: make.Line, kind: StepKind, by_line: bool, asked: str
) -> None:
    who.own.roles = ["hr", "executive"]

    def fits(person: Person) -> str:
        return " ".join(
            one for one in EVERYONE
            if policy.fits_step(getattr(who, one), kind, person, by_line=by_line)
        )  # fmt: skip

    assert fits(who.person) == asked.removesuffix(" own")
    if kind is not StepKind.MANAGER:
        assert fits(people.person("Another")) == asked


def test_there_is_no_line_above_who_does_not_work_here(who: make.Line) -> None:
    assert not policy.next_up(who.chief, people.person("Gone"))
    assert not policy.next_up(who.chief, db.session.get_one(Person, who.chief.person_id))


# --- Refusals -------------------------------------------------------------------------------------


def test_terms_that_changed_since_they_were_approved_are_not_told(who: make.Line) -> None:
    row = make.approved(who)
    row.reason, row.pay, row.pay_currency = "Another", 10_000_00, "TRY"
    with pytest.raises(Refused, match="terms have changed"):
        operations.tell_person(row, by=who.lead)
    assert row.state is S.APPROVED


def test_without_its_letter_and_after_its_day_nobody_is_told(who: make.Line, clock: Any) -> None:
    row = make.approved(who, letter=False)
    with pytest.raises(Refused, match="letter is still being made"):
        operations.tell_person(row, by=who.lead)
    assert row.document is not None
    keep_file(row.document, b"%PDF-1.7 a letter")
    clock(MOMENT + timedelta(days=40))
    with pytest.raises(Refused):
        operations.tell_person(row, by=who.lead)
    assert row.told_at is None


def test_what_the_person_knows_of_is_not_changed_under_them(who: make.Line) -> None:
    row = make.offered(who)
    with pytest.raises(Refused, match="The person knows of it"):
        operations.change_promotion(row, make.terms(who, reason="Other"), by=who.lead)


def test_the_day_comes_after_the_present_role_began(who: make.Line) -> None:
    today = portal_clock.today()
    who.person.employments[0].starts_on = today
    db.session.flush()
    with pytest.raises(Refused, match="when the present role began") as refused:
        make.proposed(who, starts_on=today)
    assert refused.value.field == "starts_on"


def test_without_a_director_nobody_could_approve_a_high_role(who: make.Line) -> None:
    who.director.roles = []
    db.session.flush()
    with pytest.raises(Refused, match="A director must approve this"):
        make.proposed(who, role=people.role(level=4))


@pytest.mark.parametrize("state", [S.LAPSED, S.WITHDRAWN, S.EFFECTIVE])
def test_what_is_over_is_answered_and_withdrawn_no_more(
    who: make.Line, state: PromotionState
) -> None:
    row = make.offered(who)
    row.state = state
    row.effected_at = MOMENT if state is S.EFFECTIVE else None
    db.session.flush()
    for step in (
        lambda: operations.decline_promotion(row, note="", by=who.own),
        lambda: operations.withdraw_promotion(row, note="Too late", by=who.lead),
    ):
        with pytest.raises(Refused):
            step()
    assert row.state is state


def test_a_second_no_changes_nothing(who: make.Line) -> None:
    row = make.offered(who)
    operations.decline_promotion(row, note="Not now", by=who.own)
    operations.decline_promotion(row, note="Never", by=who.own)
    assert (row.state, row.answer_note) == (S.DECLINED, "Not now")


def test_an_employment_without_an_end_and_a_person_without_a_promotion_are_left_alone(
    who: make.Line,
) -> None:
    job = who.person.employments[0]
    operations.follow_employment(job)
    row = make.proposed(who)
    operations.leave(job)
    assert row.state is S.IN_APPROVAL


def test_the_job_of_the_hour_carries_out_what_was_accepted(who: make.Line, clock: Any) -> None:
    row = make.accepted(who)
    jobs.settle()
    assert row.state is S.ACCEPTED
    clock(MOMENT + timedelta(days=31))
    jobs.settle()
    db.session.refresh(row)
    assert row.state is S.EFFECTIVE


# --- Costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_one_s_own_promotion_costs_the_same_however_many_there_were(
    client: PageClient, who: make.Line, count_queries: Callable[[], int], number: int
) -> None:
    for _one in range(number - 1):
        operations.decline_promotion(make.offered(who), note="", by=who.own)
    make.offered(who)
    db.session.commit()
    own = client.as_(who.own)
    own.get("/my/promotion")
    count_queries()
    page = own.get("/my/promotion")
    assert page.status == 200
    assert count_queries() == 10
    assert db.session.query(Promotion).count() == number
