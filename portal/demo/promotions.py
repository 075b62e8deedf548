"""One promotion long in effect, one under decision, one that waits for an answer; and wishes."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.people.models import Employment, Person, Team
from portal.promotions import operations as promotions
from portal.promotions.models import Promotion
from portal.promotions.states import GapReason, PromotionState
from portal.promotions.terms import Terms

OSAKA_REASON = (
    "二年間、難しいお問い合わせを率先して引き受け、後輩二名を独り立ちさせました。"
    "カード・決済チームには、落ち着いて人を育てられるリーダーが必要です。"
)
OSAKA_NEWS = (
    "本日よりカード・決済チームのリーダーに就任しました。これまでの支えに感謝するとともに、"
    "新しい挑戦を皆で応援しましょう。"
)
OSAKA_GAP = "面談の実施経験はこれからですが、就任後三か月間、マネージャーが毎週同席します。"
SENIOR_REASON = (
    "Zor görüşmelerde ekibin ilk sorduğu kişi. Yeni gelenlere ilk haftalarında eşlik ediyor ve "
    "kalite puanı bir yıldır hedefin üstünde."
)
SENIOR_GAP = "Değerlendirme görüşmesi yapıldı; dönem ay sonunda kapanınca sonucu da kayda geçecek."
ASSOCIATE_REASON = (
    "Müşterilerimizin adını andığı biri. Karmaşık kart itirazlarını tek başına sonuca götürüyor."
)
ASSOCIATE_GAP = "Kayıtlarda görünmeyen vekâlet döneminde bunu haftalarca gösterdi."
WISHES = 12


def propose_all(cast: Cast) -> None:
    """Proposals and the decisions on them; the letters are printed afterwards."""
    _in_osaka(cast)
    _for_an_associate(cast)
    with days_ago(1):
        promotions.propose(
            cast.person("interviewer2"),
            _terms(
                cast, "team_lead", cast.team(cast.site("istanbul"), 1), cast.person("manager"),
                reason=SENIOR_REASON, gap=GapReason.SOON, note=SENIOR_GAP, days=45,
                leads=True,
            ),
            by=cast.account("lead"),
        )  # fmt: skip


def answer_all(cast: Cast) -> None:
    """Osaka's promotion is accepted and takes effect; the associate has been told."""
    with days_ago(2):
        _tell(cast.person("associate"), cast.account("lead"))
    person = _senior_of_osaka(cast)
    with days_ago(330):
        row = _tell(person, cast.account("lead2.osaka"))
    with days_ago(328):
        promotions.accept_promotion(row, by=cast.account_of(person))
        promotions.write_announcement(
            row, text=OSAKA_NEWS, by_mail=False, by=cast.account("lead2.osaka")
        )
    with days_ago(310):
        promotions.settle()
    _wish(cast)


def _in_osaka(cast: Cast) -> None:
    """A senior associate becomes lead in the team beside."""
    person, lead = _senior_of_osaka(cast), cast.account("lead2.osaka")
    with days_ago(345):
        row = promotions.propose(
            person,
            _terms(
                cast, "team_lead", cast.team(cast.site("osaka")), cast.person("manager.osaka"),
                reason=OSAKA_REASON, gap=GapReason.LEARNS_ON_THE_JOB, note=OSAKA_GAP, days=30,
            ),
            by=lead,
        )  # fmt: skip
    _agree(row, cast.account("manager.osaka"), 340)
    _agree(row, cast.account("hr"), 336)


def _for_an_associate(cast: Cast) -> None:
    """The associate is to become a senior one, with a little more pay."""
    lead = cast.account("lead")
    with days_ago(12):
        row = promotions.propose(
            cast.person("associate"),
            _terms(
                cast, "senior_associate", cast.team(cast.site("istanbul")), cast.person("lead"),
                reason=ASSOCIATE_REASON, gap=GapReason.SHOWN_ELSEWHERE, note=ASSOCIATE_GAP,
                days=35,
            ),
            by=lead,
        )  # fmt: skip
    _agree(row, cast.account("manager"), 9)
    _agree(row, cast.account("hr"), 5)


def _terms(
    cast: Cast, role: str, team: Team, manager: Person, *,
    reason: str, gap: GapReason, note: str, days: int, leads: bool = False,
) -> Terms:  # fmt: skip
    return Terms(
        role=cast.role(role), team=team, site=team.site, manager=manager, reason=reason,
        starts_on=clock.today() + timedelta(days=days), gap_reason=gap, gap_note=note,
        leads_team=leads,
    )  # fmt: skip


def _agree(row: Promotion, by: Account, days: int) -> None:
    with days_ago(days):
        promotions.approve_step(row, seen_terms=row.terms_hash, note="", by=by)


def _tell(person: Person, by: Account) -> Promotion:
    approved = sa.select(Promotion).where(
        Promotion.person_id == person.id, Promotion.state == PromotionState.APPROVED
    )
    row = db.session.scalars(approved).one()
    promotions.tell_person(row, by=by)
    return row


def _senior_of_osaka(cast: Cast) -> Person:
    """The senior associate of the second team, who sits beside the lead."""
    return cast.members(cast.team(cast.site("osaka"), 1))[1]


def _wish(cast: Cast) -> None:
    """Some would like to move: the two of Istanbul everybody looks at, and others anywhere."""
    dice = Random(20261007)
    roles = {key: cast.role(key).id for key in ("senior_associate", "team_lead")}
    here = cast.site("istanbul")
    with days_ago(20):
        promotions.set_wish(
            is_open=True, role_ids=[roles["team_lead"]], site_ids=[here.id],
            by=cast.account("interviewer2"),
        )  # fmt: skip
        promotions.set_wish(
            is_open=True, role_ids=list(roles.values()), site_ids=[], by=cast.account("associate")
        )
    known = {"interviewer2", "associate"}
    here_long = sa.select(Employment.person_id).where(
        Employment.starts_on <= clock.today() - timedelta(days=150), Employment.ends_on.is_(None)
    )
    everyone = sa.select(Account).where(Account.person_id.in_(here_long)).order_by(Account.id)
    open_to = [
        account
        for account in db.session.scalars(everyone)
        if not account.led_paths and not account.roles
        and account.email.partition("@")[0] not in known
    ]  # fmt: skip
    for number, account in enumerate(dice.sample(open_to, min(WISHES, len(open_to)))):
        with days_ago(60 - 4 * number):
            chosen = dice.choice([[], [], [roles["senior_associate"]], list(roles.values())])
            promotions.set_wish(
                is_open=number != WISHES - 1, role_ids=chosen, site_ids=[], by=account
            )
