"""Rows of hiring with sensible defaults; flushed, never committed."""

from __future__ import annotations

from itertools import count
from typing import Any

from portal.accounts.models import Account
from portal.core import clock
from portal.core.i18n import fold
from portal.core.tokens import new_token
from portal.hiring.models import Application, Posting, Requisition, ScreeningCriteria
from portal.hiring.operations.apply import make_findable
from portal.hiring.operations.stages import count_one
from portal.hiring.states import (
    ApplicationSource,
    PostingState,
    RequisitionReason,
    RequisitionState,
    Stage,
)
from portal.people.models import Person
from tests.factories import people as make
from tests.factories.people import added

_number = count(1)


def requisition(**values: Any) -> Requisition:
    """An approved request for two associates in İstanbul."""
    team = values.pop("team", None) or make.team()
    manager = values.pop("hiring_manager", None) or make.person("Mete")
    creator = values.pop("created_by_id", None) or make.account(roles=["hr"]).id
    defaults: dict[str, Any] = {
        "role": values.pop("role", None) or make.role(),
        "site": team.site,
        "team": team,
        "hiring_manager": manager,
        "openings": 2,
        "pay_minimum": 48_000_000,
        "pay_maximum": 60_000_000,
        "pay_currency": "TRY",
        "reason": RequisitionReason.GROWTH,
        "state": RequisitionState.APPROVED,
        "created_at": clock.now(),
        "created_by_id": creator,
    }
    return added(Requisition(**(defaults | values)))


def posting(*, with_criteria: bool = True, **values: Any) -> Posting:
    """An open posting in all languages, with criteria unless told otherwise."""
    n = next(_number)
    owner = values.pop("requisition", None) or requisition()
    title = values.pop("title", "Customer Service Associate")
    defaults: dict[str, Any] = {
        "requisition": owner,
        "slug": f"associate-{n}",
        "languages": ["en", "tr", "es", "ja"],
        "content": {
            tag: {"title": title if tag == "en" else f"{title} ({tag})", "opening": "Welcome."}
            for tag in ("en", "tr", "es", "ja")
        },
        "state": PostingState.OPEN,
        "published_at": clock.now(),
        "created_at": clock.now(),
    }
    row = added(Posting(**(defaults | values)))
    if with_criteria:
        criteria(row)
    return row


def criteria(posting: Posting, **values: Any) -> ScreeningCriteria:
    """Two must-haves, two weighted criteria (60 and 40 percent) and a cut of 60."""
    defaults: dict[str, Any] = {
        "posting": posting,
        "number": len(posting.criteria) + 1,
        "must_haves": [
            {"key": "english", "text": make.in_words("Speaks English")},
            {"key": "evenings", "text": make.in_words("Can work in the evening")},
        ],
        "weighted": [
            {"key": "service", "text": make.in_words("Years in service"), "weight": 60},
            {"key": "writing", "text": make.in_words("Writes clearly"), "weight": 40},
        ],
        "cut": 60,
        "content_hash": "0" * 64,
        "fixed_at": clock.now(),
        "fixed_by_id": posting.requisition.created_by_id,
    }
    return added(ScreeningCriteria(**(defaults | values)))


def application(
    posting_: Posting | None = None, *, person: Person | None = None, **values: Any
) -> Application:
    """An application at ``stage`` (applied unless told otherwise), counted and findable."""
    n = next(_number)
    where = posting_ or posting()
    given, family = values.pop("given_name", "Ceren"), values.pop("family_name", f"Arslan{n}")
    email = values.pop("email", f"ceren{n}@example.com")
    who = person or make.person(given, family, email=email)
    now = clock.now()
    defaults: dict[str, Any] = {
        "posting": where,
        "person": who,
        "given_name": given,
        "family_name": family,
        "email": fold(email),
        "headline": "4 years in retail banking",
        "letter": "I like to help.",
        "answers": {"english": True, "evenings": True},
        "language": "en",
        "source": ApplicationSource.CAREERS,
        "status_key": new_token(),
        "consent_at": now,
        "consent_country": "TR",
        "consent_text": "I agree.",
        "applied_at": now,
        "stage": Stage.APPLIED,
        "stage_since": values.get("applied_at", now),
    }
    row = added(Application(**(defaults | values)))
    count_one(where.id, row.stage, +1)
    make_findable(row)
    return row


def hiring_manager_of(posting: Posting) -> Account:
    """The account of the posting's hiring manager."""
    return make.account(person=posting.requisition.hiring_manager, roles=["manager"])
