"""Requisitions and postings as operations need them: drafts, steps, a whole profile."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Account
from portal.hiring.models import ApprovalStep, Posting, Requisition
from portal.hiring.operations import compose_posting, fix_criteria, publish_posting
from portal.hiring.states import RequisitionReason, RequisitionState, StepState, Tonality
from portal.people.models import Role, Site, Team
from tests.factories import competencies, people
from tests.factories import hiring as make
from tests.factories.people import in_words


def hr(**values: Any) -> Account:
    return people.account(roles=["hr"], **values)


def director(**values: Any) -> Account:
    return people.account(roles=["executive"], **values)


def profile(**values: Any) -> Role:
    """A role with a profile, a band in Türkiye and two competencies weighted 60 and 40."""
    role = people.role("Customer Service Associate", **({
        "qualifications": [
            {"must": True, **in_words("Clear expression")},
            {"must": False, **in_words("Second language")},
        ],
    } | values))  # fmt: skip
    people.pay_band(role)
    for key, weight in (("listening", 60), ("patience", 40)):
        competencies.requirement(role, competencies.competency(f"{key}_{role.id}"), weight=weight)
    return role


def place() -> Site:
    return people.site()


def terms(**values: Any) -> dict[str, Any]:
    """What ``open_requisition`` takes."""
    site = values.pop("site", None) or people.site()
    team: Team = values.pop("team", None) or people.team(site=site)
    return {
        "role": values.pop("role", None) or profile(), "site": site, "team": team,
        "hiring_manager": people.person("Mete"), "openings": 2,
        "reason": RequisitionReason.GROWTH,
    } | values  # fmt: skip


def draft(**values: Any) -> Requisition:
    """A requisition nobody has approved yet, asked for by HR."""
    return make.requisition(**{"role": profile(), "state": RequisitionState.DRAFT, **values})


def in_approval(*steps: tuple[list[Account], int], **values: Any) -> Requisition:
    """A requisition whose first step is open."""
    row = draft(**(values | {"state": RequisitionState.IN_APPROVAL}))
    for number, (approvers, needed) in enumerate(steps, 1):
        people.added(ApprovalStep(
            requisition=row, number=number, approver_ids=[one.id for one in approvers],
            needed=needed, state=StepState.OPEN if number == 1 else StepState.WAITING,
        ))  # fmt: skip
    return row


def composed(by: Account | None = None, **values: Any) -> Posting:
    """A draft posting in English and Turkish, composed from the profile, without criteria."""
    owner = values.pop("requisition", None) or make.requisition(role=profile())
    posting = compose_posting(
        owner, tone=values.pop("tone", Tonality.FRIENDLY),
        languages=values.pop("languages", ["en", "tr"]), by=by or hr(),
    )  # fmt: skip
    for name, value in values.items():
        setattr(posting, name, value)
    return posting


def fix(posting: Posting, by: Account | None = None, **values: Any) -> Any:
    """Criteria with one must-have and two weights."""
    return fix_criteria(posting, **({
        "must_haves": [{"text": in_words("Speaks Turkish")}],
        "weighted": [
            {"text": in_words("Listening"), "weight": 60},
            {"text": in_words("Patience"), "weight": 40},
        ],
        "cut": 60, "by": by or hr(),
    } | values))  # fmt: skip


def published(by: Account | None = None, **values: Any) -> Posting:
    """An open posting with its criteria fixed."""
    by = by or hr()
    posting = composed(by, **values)
    fix(posting, by)
    publish_posting(posting, by=by)
    return posting
