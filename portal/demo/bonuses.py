"""A bonus plan with the last quarter issued, and corrective actions open and over."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import sqlalchemy as sa

from portal.bonuses import operations as bonuses
from portal.bonuses import periods
from portal.bonuses.models import BonusEntry, BonusPlan, BonusRun
from portal.bonuses.states import Period
from portal.conduct import operations as conduct
from portal.conduct.models import CorrectiveAction
from portal.conduct.states import ActionKind, Outcome
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.people.models import Person

SEED = 53
"""Its own, so that other scenes stay what they were."""
LOWEST, STEP = 480_000_00, 12_000_00
"""Yearly pay in kuruş: an example, as all demo pay."""

LATE = conduct.Terms(
    kind=ActionKind.WRITTEN,
    facts="2 Eylül, 9 Eylül ve 16 Eylül tarihlerinde vardiyaya 20 ila 45 dakika geç başlandı. "
    "Önceden haber verilmedi.",
    expected="Vardiya saatinde masada hazır olmak. Gecikme olacaksa en geç bir saat önce ekip "
    "liderine haber vermek.",
    support="Üç ay boyunca saat 10'da başlayan vardiya.",
    due_on=date.max,
    follow_up_on=None,
)
NOTES = conduct.Terms(
    kind=ActionKind.IMPROVEMENT,
    facts="İncelenen on görüşmenin altısında görüşme notu eksikti.",
    expected="Her görüşmeden sonra nedeni, sözü ve tarihi yazan bir not.",
    support="Haftada bir saat not yazma çalışması, bir kıdemli temsilciyle.",
    due_on=date.max,
    follow_up_on=None,
)
NEW = conduct.Terms(
    kind=ActionKind.VERBAL,
    facts="İki müşteriye geri arama sözü verildi, ikisi de aranmadı.",
    expected="Verilen her söz takvime yazılır ve aynı gün tutulur.",
    due_on=date.max,
    follow_up_on=None,
)


def play(cast: Cast) -> None:
    """Two corrective actions and a proposal in Istanbul, then the plan and its last quarter."""
    team = cast.members(cast.team(cast.site("istanbul")))
    _act(cast, team)
    with days_ago(200):
        bonuses.load_plans(cast.account("hr"), currency="TRY", site=cast.site("istanbul"))
    run = _run(cast)
    _pay(run, Random(SEED))
    db.session.flush()
    with days_ago(6):
        bonuses.propose_run(run, by=cast.account("hr"))
    with days_ago(4):
        bonuses.approve_run(run, by=cast.account("director"))
    with days_ago(3):
        bonuses.issue_run(run, by=cast.account("hr"))


def _act(cast: Cast, team: list[Person]) -> None:
    """One was open when the quarter ended and still is, one was met, one waits for HR."""
    lead, _senior, associate, *others = team
    held = periods.period_of(Period.QUARTER, clock.today())[0]
    since = (clock.today() - held).days + 12  # before the quarter was over
    late = _confirmed(cast, others[0], lead, LATE, ago=since)
    with days_ago(20):
        conduct.acknowledge_action(
            late,
            by=cast.account_of(others[0]),
            statement="Otobüs hattı değişti; yeni vardiya saati için teşekkür ederim.",
        )
        conduct.note_talk(
            late,
            held_on=clock.today(),
            by=cast.account_of(lead),
            note="Son iki haftada gecikme olmadı. Yeni vardiya işe yarıyor.",
            next_on=clock.today() + timedelta(days=23),
        )
    notes = _confirmed(cast, associate, lead, NOTES, ago=400)
    with days_ago(300):
        conduct.acknowledge_action(notes, statement="", by=cast.account_of(associate))
        conduct.close_action(
            notes, Outcome.MET, note="Son incelemede bütün notlar tamdı.", by=cast.account_of(lead)
        )
    if len(others) > 1:
        with days_ago(1):
            _propose(others[1], lead, NEW, cast)


def _propose(person: Person, lead: Person, terms: conduct.Terms, cast: Cast) -> CorrectiveAction:
    due = clock.today() + timedelta(days=90)
    dated = conduct.Terms(**(vars(terms) | {"due_on": due}))
    return conduct.propose_action(person, dated, by=cast.account_of(lead))


def _confirmed(
    cast: Cast, person: Person, lead: Person, terms: conduct.Terms, *, ago: int
) -> CorrectiveAction:
    with days_ago(ago):
        action = _propose(person, lead, terms, cast)
    with days_ago(ago - 2):
        conduct.confirm_action(action, by=cast.account("hr"))
    return action


def _run(cast: Cast) -> BonusRun:
    """The last quarter that is over."""
    plan = db.session.scalars(sa.select(BonusPlan)).one()
    first, _last = periods.ended(plan.terms.period, clock.today(), 1)[0]
    with days_ago(8):
        run = bonuses.start_run(plan, first, by=cast.account("hr"))
    db.session.flush()
    return run


def _pay(run: BonusRun, random: Random) -> None:
    """What HR would enter."""
    entries = db.session.scalars(sa.select(BonusEntry).where(BonusEntry.run_id == run.id))
    for entry in entries:
        entry.pay = LOWEST + STEP * random.randrange(12)
