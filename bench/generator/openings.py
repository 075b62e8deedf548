"""Requisitions, their approval, postings with real text, and the criteria fixed for them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bench.generator.organisation import SITES
from bench.generator.world import YEARS, Opening, World, days, hexes
from portal.core.db import db
from portal.hiring.models import ApprovalStep, Posting, Requisition, ScreeningCriteria, StepDecision
from portal.hiring.operations.composition import compose_text
from portal.hiring.operations.criteria import suggested_criteria
from portal.hiring.states import Stage, Tonality
from portal.people.models import PayBand, Role, Site

KINDS = ("customer_service_associate", "senior_associate", "team_lead")
WINDOW = 60


def plan_openings(world: World) -> None:
    """Draw what is asked for where and when; the first is the evergreen posting."""
    chance = world.chance("openings")
    heads = {team: lead for team, _parent, _path, _site, lead in world.known["teams"]}
    for number in range(1, world.size.postings + 1):
        unit = chance.choice(world.units)
        kind = chance.choices(KINDS, (85, 10, 5))[0]
        opens = world.now - days(chance.uniform(1, YEARS))
        if number == 1:
            kind, opens = KINDS[0], world.now - days(400)
        closes = opens + days(WINDOW)
        is_open = number == 1 or closes > world.now
        role = world.known["roles"][kind]
        world.openings.append(
            Opening(number, unit, role, heads[unit.department], opens, closes, is_open)
        )


def load_openings(world: World) -> None:
    """Write requisitions, approvals, postings and criteria."""
    hired = Counter(answer.opening.id for answer in world.answers if answer.stage is Stage.HIRED)
    texts, criteria = _texts(world), _criteria(world)
    world.load(Requisition, (_requisition(world, one, hired[one.id]) for one in world.openings))
    world.load(ApprovalStep, (_step(world, one) for one in world.openings))
    world.load(StepDecision, (_decision(world, one) for one in world.openings))
    world.load(Posting, (_posting(one, texts[one.role, one.team.site]) for one in world.openings))
    world.load(
        ScreeningCriteria, (_fixed(world, one, criteria[one.role]) for one in world.openings)
    )
    world.known["criteria"] = criteria


def _texts(world: World) -> dict[tuple[int, int], dict[str, Any]]:
    """The text of each role at each site, in English and the site's language."""
    texts = {}
    for kind in KINDS:
        role = db.session.get_one(Role, world.known["roles"][kind])
        for number in range(1, len(SITES) + 1):
            site = db.session.get_one(Site, number)
            texts[role.id, number] = {
                tag: compose_text(role, site, tone=Tonality.FRIENDLY, language=tag)
                for tag in sorted({"en", site.language})
            }
    return texts


def _criteria(world: World) -> dict[int, tuple[list[Any], list[Any], int]]:
    """What each role is screened by, keyed as the application keys it."""
    fixed = {}
    for kind in KINDS:
        role = db.session.get_one(Role, world.known["roles"][kind])
        # A posting that is never stored: suggested_criteria reads its role and finds no version.
        with db.session.no_autoflush:
            posting = Posting(requisition=Requisition(role=role), criteria=[])
            must, weighted, cut = suggested_criteria(posting)
            db.session.expunge_all()
        must = [{"key": f"must-{n}", **one} for n, one in enumerate(must, 1)]
        weighted = [{"key": f"weighted-{n}", **one} for n, one in enumerate(weighted, 1)]
        fixed[role.id] = must, weighted, cut
    return fixed


def _requisition(world: World, opening: Opening, hired: int) -> dict[str, Any]:
    currency = SITES[opening.team.site - 1][4]
    lowest, highest = _pay(world, opening)
    creator = world.ids("hr")[opening.id % len(world.ids("hr"))]
    openings = max(hired + 5, 25) if opening.is_open else max(hired, 1)
    is_filled = not opening.is_open and hired > 0
    state = "approved" if opening.is_open else "filled" if is_filled else "cancelled"
    return {
        "id": opening.id, "role_id": opening.role, "site_id": opening.team.site,
        "team_id": opening.team.id, "hiring_manager_id": opening.manager,
        "openings": openings, "hired": hired, "pay_minimum": lowest, "pay_maximum": highest,
        "pay_currency": currency, "pay_period": "year",
        "reason": ("replacement", "growth", "new_team")[opening.id % 3], "note": "",
        "wanted_start": (opening.opens + days(45)).date(), "state": state,
        "created_at": opening.opens - days(5), "created_by_id": creator, "version": 1,
    }  # fmt: skip


def _pay(world: World, opening: Opening) -> tuple[int, int]:
    if "pay" not in world.known:
        rows = db.session.query(PayBand.role_id, PayBand.country, PayBand.minimum, PayBand.maximum)
        world.known["pay"] = {
            (row.role_id, row.country): (row.minimum, row.maximum) for row in rows
        }
    country = SITES[opening.team.site - 1][2]
    found: tuple[int, int] = world.known["pay"].get((opening.role, country), (2_000_000, 2_600_000))
    return found


def _step(world: World, opening: Opening) -> dict[str, Any]:
    return {
        "id": opening.id, "requisition_id": opening.id, "round": 1, "number": 1,
        "approver_ids": world.ids("director"), "needed": 1, "state": "approved",
    }  # fmt: skip


def _decision(world: World, opening: Opening) -> dict[str, Any]:
    return {
        "id": opening.id, "step_id": opening.id, "account_id": world.ids("director")[0],
        "agreed": True, "note": "", "decided_at": opening.opens - days(2),
    }  # fmt: skip


def _posting(opening: Opening, text: dict[str, Any]) -> dict[str, Any]:
    city = SITES[opening.team.site - 1][0]
    closes = None if opening.id == 1 else opening.closes.date()
    return {
        "id": opening.id, "requisition_id": opening.id, "slug": f"opening-{city}-{opening.id}",
        "tone": "friendly", "content": text, "languages": list(text),
        "employment_type": "full_time", "remote": opening.id % 5 == 0,
        "opens_on": opening.opens.date(), "closes_on": closes, "answer_days": 5,
        "state": "open" if opening.is_open else "closed", "published_at": opening.opens,
        "closed_at": None if opening.is_open else opening.closes, "version": 1,
        "created_at": opening.opens - days(1), "changed_at": opening.opens,
    }  # fmt: skip


def _fixed(
    world: World, opening: Opening, criteria: tuple[list[Any], list[Any], int]
) -> dict[str, Any]:
    must, weighted, cut = criteria
    return {
        "id": opening.id, "posting_id": opening.id, "number": 1, "must_haves": must,
        "weighted": weighted, "cut": cut, "content_hash": hexes("criteria", opening.role),
        "fixed_at": opening.opens, "fixed_by_id": world.ids("hr")[0],
    }  # fmt: skip
