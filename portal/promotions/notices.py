"""Who is told what about promotions; the person hears of nothing before they are told."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, write_to
from portal.accounts.states import AccountState
from portal.core import clock, inbox
from portal.core.db import Words, db
from portal.promotions import policy, queries
from portal.promotions.models import Promotion, PromotionStep


class PromotionNotice(inbox.NoticeKind):
    """Notices of promotions."""

    TO_APPROVE = "promotions.to_approve", _l("The promotion of %(who)s waits for your approval")
    RETURNED = "promotions.returned", _l("The promotion of %(who)s was sent back: %(note)s")
    APPROVED = "promotions.approved", _l("The promotion of %(who)s is approved: tell them")
    YOURS = "promotions.yours", _l("There is a promotion for you: %(role)s")
    TAKEN_BACK = "promotions.taken_back", _l("The promotion to %(role)s was withdrawn")
    WITHDRAWN = "promotions.withdrawn", _l("The promotion of %(who)s was withdrawn")
    ACCEPTED = "promotions.accepted", _l("%(who)s accepted the promotion")
    JOINS = "promotions.joins", _l("%(who)s accepted a promotion and will report to you")
    DECLINED = "promotions.declined", _l("%(who)s declined the promotion")
    EFFECTIVE = "promotions.effective", _l("The promotion of %(who)s is in effect")
    YOURS_EFFECTIVE = "promotions.yours_effective", _l("You are %(role)s now. Congratulations!")
    LAPSED = "promotions.lapsed", _l("The promotion of %(who)s lapsed: its day is over")
    YOURS_LAPSED = "promotions.yours_lapsed", _l("The promotion to %(role)s lapsed unanswered")
    ENDED = "promotions.ended", _l("The promotion of %(who)s ended: %(note)s")
    NEWS = "promotions.news", _l("%(who)s has been promoted to %(role)s")


K = PromotionNotice
LONGEST = 200


def ask(promotion: Promotion, step: PromotionStep) -> None:
    """Tell those who may decide the step that opened."""
    taken = {one.decided_by_id for one in promotion.present_steps if one.decided_by_id}
    asked = queries.deciders(
        step.kind, promotion.person, by_line=promotion.by_line,
        without=taken | {promotion.proposed_by_id},
    )  # fmt: skip
    _tell((account.id for account in asked), K.TO_APPROVE, promotion)


def returned(promotion: Promotion, *, by: Account) -> None:
    """Tell those who keep it what should change."""
    said = (one.note for one in promotion.present_steps if one.decided_by_id == by.id)
    told = _keepers(promotion) - {by.id}
    _tell(told, K.RETURNED, promotion, note=next(said, "")[:LONGEST])


def approved(promotion: Promotion, *, by: Account) -> None:
    """Tell those who keep it that the person may know."""
    _tell(_keepers(promotion) - {by.id}, K.APPROVED, promotion)


def tell_person(promotion: Promotion) -> None:
    """Tell the person, in the portal and by mail."""
    _tell_own(promotion, K.YOURS)
    account = account_in_use(promotion.person_id)
    if account is not None:
        write_to(
            account,
            "promotions/offered",
            key=f"promotion:{promotion.id}:offered",
            promotion=promotion,
        )


def withdrawn(promotion: Promotion, *, by: Account, told: bool) -> None:
    """Tell those who keep it or decided on it, and the person who knows of it."""
    _tell(_involved(promotion) - {by.id}, K.WITHDRAWN, promotion)
    if told:
        _tell_own(promotion, K.TAKEN_BACK)


def accepted(promotion: Promotion) -> None:
    """Tell those who keep it, and the manager of the new place."""
    _tell(_keepers(promotion), K.ACCEPTED, promotion)
    manager = account_in_use(promotion.manager_id)
    if manager is not None and manager.id not in _keepers(promotion):
        _tell([manager.id], K.JOINS, promotion)


def declined(promotion: Promotion) -> None:
    """Tell those who keep it."""
    _tell(_keepers(promotion), K.DECLINED, promotion)


def effective(promotion: Promotion) -> None:
    """Congratulate the person, and tell those who keep it and the new manager."""
    _tell_own(promotion, K.YOURS_EFFECTIVE)
    manager = account_in_use(promotion.manager_id)
    told = _keepers(promotion) | ({manager.id} if manager else set())
    _tell(told, K.EFFECTIVE, promotion)


def lapsed(promotion: Promotion, *, told: bool) -> None:
    """Tell those who keep it, and the person who knew of it."""
    _tell(_keepers(promotion), K.LAPSED, promotion)
    if told:
        _tell_own(promotion, K.YOURS_LAPSED)


def ended(promotion: Promotion) -> None:
    """Tell those who keep it why it ended; a person who had said yes hears of it as well."""
    _tell(_involved(promotion), K.ENDED, promotion, note=promotion.ended_why)
    if promotion.told_at is not None:
        _tell_own(promotion, K.TAKEN_BACK)


def announce(promotion: Promotion) -> None:
    """Tell the team the person leaves and the one they join."""
    teams = {promotion.team_id, promotion.employment.team_id}
    url = f"/promotions/{promotion.id}/news"
    who, role = promotion.person.display_name, promotion.role.title
    for account in db.session.scalars(queries.team_accounts(teams, promotion.person_id)):
        inbox.tell(account.id, K.NEWS, url, who=who, role=role)
        if promotion.announce_by_mail:
            write_to(
                account,
                "promotions/news",
                key=f"promotion:{promotion.id}:news:{account.id}",
                promotion=promotion,
            )


def _keepers(promotion: Promotion) -> set[int]:
    """The proposer, and the managers the person had then and has today."""
    managers = {promotion.employment.manager_id}
    if present := promotion.person.employment_on(clock.today()):
        managers.add(present.manager_id)
    found = sa.select(Account.id).where(
        Account.person_id.in_([key for key in managers if key is not None])
    )
    return {promotion.proposed_by_id, *db.session.scalars(found)}


def _involved(promotion: Promotion) -> set[int]:
    """Those who keep it and those who have decided on it."""
    return _keepers(promotion) | {one.decided_by_id for one in promotion.steps if one.decided_by_id}


def _tell(
    account_ids: Iterable[int], kind: PromotionNotice, promotion: Promotion, **more: str | Words
) -> None:
    """Tell those of some accounts who may still see it.

    Once it is in effect who has handed the person over hears of that, and no more.
    """
    known = sa.select(Account).where(
        Account.id.in_(list(account_ids)),
        Account.state == AccountState.ACTIVE,
        Account.person_id != promotion.person_id,
    )
    who = promotion.person.display_name
    for account in db.session.scalars(known.order_by(Account.id)):
        if policy.see_promotion(account, promotion):
            inbox.tell(account.id, kind, f"/promotions/{promotion.id}", who=who, **more)
        elif kind is K.EFFECTIVE:
            inbox.tell(account.id, kind, "/promotions", who=who, **more)


def _tell_own(promotion: Promotion, kind: PromotionNotice) -> None:
    account = account_in_use(promotion.person_id)
    if account is not None:
        inbox.tell(account.id, kind, "/my/promotion", role=promotion.role.title)
