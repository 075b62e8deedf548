"""Who may do what around reviews: literal tables, role × state; nobody about themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.core.db import db
from portal.reviews import operations, policy
from portal.reviews.models import Review, ReviewPart
from portal.reviews.states import BatchKind, CycleState, PartKind, PartState, ReviewState
from tests.conftest import MOMENT
from tests.factories import people
from tests.factories import reviews as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")

EVERYONE = ("self", "manager", "above", "hr", "executive", "stranger", "peer")
LINE, SIDES = "manager above hr", "self manager above hr"
Who = dict[str, Any]


@pytest.fixture
def scene() -> make.Scene:
    return make.review()


@pytest.fixture
def review(scene: make.Scene) -> Review:
    return scene.review


@pytest.fixture
def who(scene: make.Scene) -> Who:
    return {
        "self": scene.self, "manager": scene.manager, "above": scene.director, "hr": scene.hr,
        "executive": people.account(roles=["executive"]),
        "stranger": people.account(roles=["manager"]),
        "peer": people.account(person=people.employment(team=scene.review.team).person),
    }  # fmt: skip


def names(who: Who, rule: str, row: object) -> str:
    return " ".join(name for name in EVERYONE if getattr(policy, rule)(who[name], row))


def allowed(who: Who, rules: Any, row: object) -> dict[str, str]:
    found = {rule: names(who, rule, row) for rule in rules}
    return {rule: by for rule, by in found.items() if by}


PEERS = {"see_peers": SIDES}
REVIEWS: dict[ReviewState, dict[str, str]] = {
    ReviewState.WRITING: {
        **PEERS, "see_review": SIDES, "see_result": LINE, "name_peers": SIDES, "nudge": LINE,
        "call_off": "hr", "make_result": LINE,
    },
    ReviewState.CALIBRATION: {
        **PEERS, "see_review": SIDES, "see_result": LINE, "call_off": "hr",
        "calibrate": "above hr executive", "release": "hr", "change_summary": "manager",
        "change_plan": "manager",
    },
    ReviewState.RELEASED: {
        **PEERS, "see_review": SIDES, "see_result": SIDES, "call_off": "hr",
        "change_summary": "manager", "change_plan": "self manager", "note_unsigned": "hr",
        "sign": "self manager",
    },
    ReviewState.SIGNED: {
        **PEERS, "see_review": f"{SIDES} executive", "see_result": f"{SIDES} executive",
        "reopen": "hr",
    },
    ReviewState.CANCELLED: {**PEERS, "see_review": SIDES, "see_result": LINE},
}  # fmt: skip
OF_REVIEWS = sorted({rule for rules in REVIEWS.values() for rule in rules})


@pytest.mark.parametrize("state", ReviewState)
def test_who_does_what_with_a_review(who: Who, review: Review, state: ReviewState) -> None:
    with db.session.no_autoflush:
        review.state = state
        found = allowed(who, OF_REVIEWS, review)
    db.session.expire(review)
    assert found == REVIEWS[state]


@pytest.mark.parametrize("state", ReviewState)
def test_of_their_own_review_even_hr_does_only_what_a_person_does(
    who: Who, review: Review, state: ReviewState
) -> None:
    who["self"].roles = ["hr", "executive", "manager"]
    with db.session.no_autoflush:
        review.state = state
        found = {rule for rule in OF_REVIEWS if getattr(policy, rule)(who["self"], review)}
    db.session.expire(review)
    assert found == {rule for rule, names in REVIEWS[state].items() if "self" in names.split()}


def test_without_peers_in_the_cycle_nobody_is_named_or_seen(who: Who) -> None:
    scene = make.review(cycle=make.cycle(weights={"self": 40, "manager": 60}))
    assert allowed(who | {"hr": scene.hr}, ("name_peers", "see_peers"), scene.review) == {}


PARTS: dict[tuple[PartKind, PartState], dict[str, str]] = {
    # "peer" writes peers' parts, the person their own.
    (PartKind.PEER, PartState.NAMED): {"decide_peer": LINE, "withdraw_peer": "self"},
    (PartKind.PEER, PartState.REFUSED): {},
    (PartKind.PEER, PartState.OPEN): {
        "write_part": "peer", "decline_part": "peer", "see_part": "peer",
    },
    (PartKind.PEER, PartState.SUBMITTED): {"see_part": "peer"},
    (PartKind.SELF, PartState.OPEN): {"write_part": "self", "see_part": "self"},
    (PartKind.SELF, PartState.SUBMITTED): {"see_part": SIDES, "return_part": LINE},
    (PartKind.MANAGER, PartState.OPEN): {"write_part": "manager", "see_part": "manager"},
    # The person reads it once it is released, and whoever wrote it gives nothing back.
    (PartKind.MANAGER, PartState.SUBMITTED): {"see_part": LINE, "return_part": "above hr"},
}  # fmt: skip
OF_PARTS = (
    "decide_peer", "withdraw_peer", "write_part", "decline_part", "see_part", "return_part",
)  # fmt: skip
AUTHORS = {PartKind.PEER: "peer", PartKind.SELF: "self", PartKind.MANAGER: "manager"}


def part_of(who: Who, review: Review, kind: PartKind, state: PartState) -> ReviewPart:
    author = who[AUTHORS[kind]]
    if state is PartState.SUBMITTED:
        return make.submitted(review, kind, author)
    return make.part(review, kind, author, state=state)


@pytest.mark.parametrize(("kind", "state"), PARTS)
def test_who_writes_reads_and_gives_back_a_part(
    who: Who, review: Review, kind: PartKind, state: PartState
) -> None:
    part = part_of(who, review, kind, state)
    assert allowed(who, OF_PARTS, part) == PARTS[kind, state]
    assert names(who, "is_author", part) == AUTHORS[kind]


@pytest.mark.parametrize("kind", AUTHORS)
def test_once_the_result_is_made_parts_are_read_and_no_more(
    who: Who, review: Review, kind: PartKind
) -> None:
    part = part_of(who, review, kind, PartState.SUBMITTED)
    with db.session.no_autoflush:
        review.state = ReviewState.RELEASED
        found = allowed(who, OF_PARTS, part)
    db.session.expire(review)
    assert found == {"see_part": "peer" if kind is PartKind.PEER else SIDES}


LEADS = "manager above hr executive stranger"
CYCLES: dict[CycleState, dict[str, str]] = {
    CycleState.DRAFT: {"keep_cycle": "hr", "see_cycle": "hr"},
    CycleState.RUNNING: {
        "keep_cycle": "hr", "see_cycle": LEADS, "make_results": "hr", "release_results": "hr",
        "see_calibration": "manager above hr executive", "print_reviews": f"{LINE} stranger",
    },
    CycleState.CLOSED: {
        "keep_cycle": "hr", "see_cycle": LEADS, "release_results": "hr",
        "see_calibration": "manager above hr executive", "print_reviews": f"{LINE} stranger",
    },
    CycleState.CANCELLED: {"keep_cycle": "hr", "see_cycle": LEADS},
}  # fmt: skip


@pytest.mark.parametrize("state", CycleState)
def test_who_keeps_and_sees_a_cycle(who: Who, review: Review, state: CycleState) -> None:
    review.cycle.state = state
    rules = (
        "keep_cycle", "see_cycle", "make_results", "release_results", "see_calibration",
        "print_reviews",
    )  # fmt: skip
    assert allowed(who, rules, review.cycle) == CYCLES[state]


def test_papers_that_were_put_together_are_theirs_who_ordered_them_for_a_week(
    who: Who, clock: Any
) -> None:
    scene = make.signed()
    key = make.record_of(scene).id
    batch = operations.order_papers(scene.cycle, [key], BatchKind.ZIP, by=who["manager"])
    assert names(who, "see_batch", batch) == "manager"
    clock(MOMENT + timedelta(days=7))
    assert names(who, "see_batch", batch) == ""


def test_a_signed_edition_is_the_persons_the_lines_hrs_and_directors(who: Who) -> None:
    scene = make.signed()
    found = who | {"self": scene.self, "manager": scene.manager, "above": scene.director}
    assert names(found, "see_record", make.record_of(scene)) == f"{SIDES} executive"
