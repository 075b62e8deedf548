"""Experience and education brought along: who confirms, what is refused, who is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.careers import queries
from portal.careers.operations import add_claim, decide_claim
from portal.careers.states import ClaimKind, ClaimState, EducationLevel
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from tests.factories import careers as make
from tests.factories import people

WORK = {"starts_on": date(2022, 1, 1), "ends_on": date(2023, 12, 31), "family": "support"}


@pytest.fixture
def who(db_session: Any, clock: Any) -> Any:
    """Somebody with an account, whose manager has one too."""
    chief = people.person("Mana", "Ger")
    manager = people.account(person=chief)
    person = people.person("Deniz", "Kaya")
    people.employment(person, manager=chief)
    return people.account(person=person), manager, person


def told(account: Any) -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).where(Notice.account_id == account.id)))


def test_what_is_added_waits_and_the_manager_is_told(who: Any) -> None:
    account, manager, person = who
    claim = add_claim(person, ClaimKind.EXPERIENCE, title=" Agent ", by=account, **WORK)
    assert (claim.state, claim.title) == (ClaimState.WAITING, "Agent")
    assert told(manager) == ["careers.to_confirm"]


def test_a_degree_keeps_no_days_of_work(who: Any) -> None:
    account, _manager, person = who
    claim = add_claim(
        person, ClaimKind.EDUCATION, title="Law", education=EducationLevel.MASTER,
        by=account, **WORK,
    )  # fmt: skip
    assert (claim.starts_on, claim.family, claim.education) == (None, "", EducationLevel.MASTER)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_on": None}, "first day"),
        ({"starts_on": date(2024, 1, 1)}, "before the first"),
        ({"ends_on": date(2027, 1, 1)}, "today or an earlier"),
        ({"family": ""}, "job family"),
    ],
)
def test_days_and_what_it_counts_for_must_be_there(
    who: Any, values: dict[str, Any], words: str
) -> None:
    account, _manager, person = who
    with pytest.raises(Refused, match=words):
        add_claim(person, ClaimKind.EXPERIENCE, title="Agent", by=account, **(WORK | values))


def test_a_degree_needs_a_level(who: Any) -> None:
    account, _manager, person = who
    with pytest.raises(Refused, match="level of education"):
        add_claim(person, ClaimKind.EDUCATION, title="x", ends_on=date(2020, 1, 1), by=account)


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_second_person_decides_and_the_person_is_told(who: Any, *, confirmed: bool) -> None:
    account, manager, person = who
    claim = make.claim(person, by=account)
    decide_claim(claim, confirmed=confirmed, note="Seen.", by=manager)
    state = ClaimState.CONFIRMED if confirmed else ClaimState.REFUSED
    assert (claim.state, claim.decided_by_id) == (state, manager.id)
    kind = "careers.claim_agreed" if confirmed else "careers.claim_turned_down"
    assert told(account) == [kind]


def test_nobody_confirms_their_own_or_what_they_wrote(who: Any) -> None:
    account, manager, person = who
    for claim, by in ((make.claim(person, by=manager), account),
                      (make.claim(person, by=manager), manager)):  # fmt: skip
        with pytest.raises(Refused, match="second person"):
            decide_claim(claim, confirmed=True, by=by)


def test_a_decision_stands_and_no_needs_a_note(who: Any) -> None:
    account, manager, person = who
    claim = make.claim(person, by=account)
    with pytest.raises(Refused, match="Say what is missing"):
        decide_claim(claim, confirmed=False, note=" ", by=manager)
    decide_claim(claim, confirmed=True, by=manager)
    with pytest.raises(Refused):
        decide_claim(claim, confirmed=False, note="No.", by=manager)


def test_what_waits_is_shown_to_those_who_may_confirm_it(who: Any) -> None:
    account, manager, person = who
    claim = make.claim(person, by=account)
    make.claim(person, by=manager)
    stranger = people.account(leads=people.team())
    waiting = [
        list(db.session.scalars(queries.claims_to_confirm(viewer)))
        for viewer in (manager, account, stranger)
    ]
    assert waiting == [[claim], [], []]
    assert (
        len(list(db.session.scalars(queries.claims_to_confirm(people.account(roles=["hr"]))))) == 2
    )
