"""Offers with their letters, and for those who accepted: employment, account and onboarding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import sqlalchemy as sa

from bench.generator.organisation import SITES, account_row, person_row
from bench.generator.world import Answer, World, days, hexes, token
from portal.accounts.models import Account
from portal.accounts.operations.passwords import hash_password
from portal.core.documents.models import Document
from portal.core.files import StoredFile
from portal.hiring.states import Stage
from portal.offers.models import Acceptance, LetterTemplate, Offer, OfferApproval, OfferLink
from portal.onboarding.models import OnboardingPlan, OnboardingTask, OnboardingTemplate
from portal.people.models import Employment

RECENT = 120
WAITING = ("draft", "in_approval", "approved", "sent", "sent", "sent")
CONSENT = "I accept this offer on the terms of the letter of the same day."


def load_hires(world: World) -> None:
    """Offers first, then what follows from those that were accepted."""
    offers = list(_offers(world))
    papers = [one for one in offers if one[2] in {"sent", "accepted", "declined"}]
    first = world.files
    world.load(StoredFile, (_file(first + n, *one) for n, one in enumerate(papers, 1)))
    world.load(Document, (_paper(world, first + n, n, *one) for n, one in enumerate(papers, 1)))
    world.files += len(papers)
    paper_of = {one[0]: n for n, one in enumerate(papers, 1)}
    template = world.connection.execute(sa.select(sa.func.min(LetterTemplate.id))).scalar_one()
    world.load(Offer, (_offer(world, template, paper_of, *one) for one in offers), len(offers))
    agreed = [one for one in offers if one[2] not in {"draft", "in_approval"}]
    world.load(OfferApproval, (_approval(world, *one) for one in agreed))
    world.load(OfferLink, (_link(*one) for one in papers))
    world.load(Acceptance, (_acceptance(*one) for one in papers if one[2] != "sent"))
    _load_employments(world)


def _offers(world: World) -> Iterator[tuple[int, Answer, str]]:
    """Number, application, state; one in forty rejected interviewees had declined an offer."""
    numbers = count(1)
    for answer in world.answers:
        if answer.stage is Stage.HIRED:
            yield next(numbers), answer, "accepted"
        elif answer.stage is Stage.OFFER:
            number = next(numbers)
            yield number, answer, WAITING[number % len(WAITING)]
        elif answer.stage is Stage.REJECTED and answer.interviewed and answer.id % 40 == 0:
            yield next(numbers), answer, "declined"


def _file(file: int, number: int, answer: Answer, _state: str) -> dict[str, Any]:
    return {
        "id": file, "key": token("letter", number)[:32], "name": "offer.pdf",
        "media_type": "application/pdf", "size": 41_000, "sha256": hexes("letter", number),
        "created_at": answer.since,
    }  # fmt: skip


def _paper(
    world: World, file: int, paper: int, number: int, answer: Answer, _state: str
) -> dict[str, Any]:
    site = SITES[answer.opening.team.site - 1]
    return {
        "id": paper, "kind": "offer_letter", "template": "offers/offer_letter", "country": site[2],
        "locale": answer.name.language, "time_zone": site[3],
        "payload": {"subject": "Offer", "recipient": answer.name.given}, "subject_type": "offer",
        "subject_id": number, "state": "ready", "file_id": file, "sha256": hexes("letter", number),
        "verify_code": token("verify", number)[:26], "issuer": "Larkfield",
        "issued_at": answer.since, "issued_by": world.ids("hr")[0], "error": None,
    }  # fmt: skip


def _offer(  # noqa: PLR0917 - one row
    world: World, template: int, papers: dict[int, int], number: int, answer: Answer, state: str
) -> dict[str, Any]:
    opening = answer.opening
    site = SITES[opening.team.site - 1]
    low, high = world.known["pay"].get((opening.role, site[2]), (2_000_000, 2_600_000))
    return {
        "id": number, "application_id": answer.id, "role_id": opening.role,
        "site_id": opening.team.site, "team_id": opening.team.id, "manager_id": opening.team.lead,
        "pay": low + (high - low) * (number % 10) // 10, "pay_currency": site[4],
        "pay_period": "year", "bonus_percent": 0, "benefits": [],
        "starts_on": (answer.since + days(20)).date(),
        "expires_on": (answer.since + days(30)).date(), "shift": "", "probation_months": 2,
        "language": answer.name.language, "letter_template_id": template, "in_band": True,
        "state": state, "terms_hash": hexes("terms", number), "document_id": papers.get(number),
        "created_at": answer.since - days(0.1), "created_by_id": world.ids("hr")[0],
        "sent_at": answer.since if number in papers else None,
        "accepted_at": answer.since if state == "accepted" else None, "version": 1,
    }  # fmt: skip


def _approval(world: World, number: int, answer: Answer, _state: str) -> dict[str, Any]:
    return {
        "offer_id": number, "account_id": world.ids("director")[0], "agreed": True, "note": "",
        "terms_hash": hexes("terms", number), "decided_at": answer.since,
    }  # fmt: skip


def _link(number: int, answer: Answer, state: str) -> dict[str, Any]:
    return {
        "offer_id": number, "token_hash": hexes("link", number), "created_at": answer.since,
        "expires_at": answer.since + days(30),
        "used_at": None if state == "sent" else answer.since,
    }  # fmt: skip


def _acceptance(number: int, answer: Answer, state: str) -> dict[str, Any]:
    return {
        "offer_id": number, "accepted": state == "accepted", "consent_text": CONSENT, "note": "",
        "typed_name": f"{answer.name.given} {answer.name.family}", "answered_at": answer.since,
        "address": "192.0.2.7", "browser": "", "document_sha256": hexes("letter", number),
    }  # fmt: skip


def _load_employments(world: World) -> None:
    """The last hires sit on the seats that wait for them; those before them have left."""
    hired = {one.person: one for one in world.answers if one.stage is Stage.HIRED}
    line = sorted(hired.values(), key=lambda one: (one.since, one.id))
    seats = [unit for unit in world.units for _seat in range(unit.seats)]
    world.chance("seats").shuffle(seats)
    first = world.known["employments"] + 1
    stays = len(line) - len(seats)
    taken = [(first + n, one, seats[n % len(seats)], n >= stays) for n, one in enumerate(line)]
    world.load(Employment, (_employment(*one) for one in taken), len(taken))
    world.known["hired"] = taken
    password = hash_password("demo")
    world.load(Account, (_account(world, one, password) for one in taken if one[3]))
    _load_onboarding(world, taken)


def _employment(number: int, answer: Answer, unit: Any, stays: bool) -> dict[str, Any]:  # noqa: ANN401
    starts = (answer.since + days(20)).date()
    return {
        "id": number, "person_id": answer.person, "role_id": answer.opening.role,
        "team_id": unit.id, "site_id": unit.site, "manager_id": unit.lead, "starts_on": starts,
        "ends_on": None if stays else starts + days(90 + number % 400), "reason": "hire",
        "shift": "", "source_type": "offer", "source_id": None, "position_id": None,
    }  # fmt: skip


def _account(world: World, taken: tuple[int, Answer, Any, bool], password: str) -> dict[str, Any]:
    answer = taken[1]
    world.accounts += 1
    person = person_row(answer.person, answer.name, answer.since)
    title = world.known["titles"][answer.opening.role]
    return account_row(world.accounts, person, title, [], [], password)


def _load_onboarding(world: World, taken: list[tuple[int, Answer, Any, bool]]) -> None:
    templates = {
        row.role_id: row
        for row in world.connection.execute(sa.select(OnboardingTemplate.__table__))
    }
    since = world.now - days(RECENT)
    new = [one for one in taken if one[1].since > since and one[1].opening.role in templates]
    world.load(OnboardingPlan, (_plan(n, templates, *one) for n, one in enumerate(new, 1)))
    world.load(OnboardingTask, _tasks(world, templates, new))


def _plan(
    number: int,
    templates: dict[int, Any],
    job: int,
    answer: Answer,
    unit: Any,  # noqa: ANN401 - a team with its lead
    _stays: bool,
) -> dict[str, Any]:
    return {
        "id": number, "person_id": answer.person, "employment_id": job,
        "template_id": templates[answer.opening.role].id, "manager_id": unit.lead,
        "starts_on": (answer.since + days(20)).date(), "created_at": answer.since,
    }  # fmt: skip


def _tasks(
    world: World, templates: dict[int, Any], new: list[tuple[int, Answer, Any, bool]]
) -> Iterator[dict[str, Any]]:
    """The template's tasks; most of those that are due are done."""
    for plan, (_job, answer, unit, _stays) in enumerate(new, 1):
        for place, task in enumerate(templates[answer.opening.role].tasks):
            due = answer.since + days(20 + task["offset_days"] * 1.4)
            owner = {"hire": answer.person, "manager": unit.lead, "buddy": unit.lead}
            done = due < world.now and (plan + place) % 8 > 0
            yield {
                "plan_id": plan, "key": task["key"], "title": task["title"], "help": task["help"],
                "reason": {}, "competency_id": None, "owner_kind": task["owner"],
                "owner_id": owner.get(task["owner"]), "due_on": due.date(),
                "needs_evidence": task["needs_evidence"], "blocking": task["blocking"],
                "milestone": task.get("milestone"), "done_at": due if done else None,
                "done_by_id": None, "evidence": "", "evidence_file_id": None,
            }  # fmt: skip
