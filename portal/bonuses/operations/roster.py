"""The people of a run, and the yearly pay HR enters for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.bonuses import inputs, policy, queries
from portal.bonuses.models import BonusEntry, BonusRun
from portal.bonuses.states import BaseKind, BonusFact, RunState
from portal.core import audit, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import read_amount
from portal.hiring.models import Application
from portal.offers.models import Offer
from portal.offers.states import OfferState
from portal.people.models import Person
from portal.people.states import PayPeriod

MOST_SHOWN = 5
HIGHEST = 10**12
"""Minor units; more is a slip of the pen."""


def update_people(run: BonusRun, *, by: Account) -> tuple[int, int]:
    """Bring the people up to date with who works where, and say how many came and went.

    Raises:
        Refused: if the run was sent already.
    """
    if run.state is not RunState.DRAFT:
        raise Refused(_("This run was sent for approval. It has to be sent back first."))
    wanted = inputs.days_in(run.terms, run.starts_on, run.ends_on)
    rows = db.session.scalars(sa.select(BonusEntry).where(BonusEntry.run_id == run.id))
    known = {row.person_id: row for row in rows}
    fresh = sorted(wanted.keys() - known.keys())
    gone = [known[key] for key in known.keys() - wanted.keys()]
    pays = _suggested(run, fresh)
    db.session.add_all(BonusEntry(run=run, person_id=key, pay=pays.get(key)) for key in fresh)
    for row in gone:
        db.session.delete(row)
    if fresh or gone:
        audit.record(BonusFact.RUN_UPDATED, run, by=by, came=len(fresh), went=len(gone))
    return len(fresh), len(gone)


def _suggested(run: BonusRun, people: Collection[int]) -> dict[int, int]:
    """What was entered last, else what the offer said by which somebody was hired."""
    if run.terms.base is BaseKind.FIXED or not people:
        return {}
    hired = (
        sa.select(Application.person_id, Offer.pay)
        .join(Application, Application.id == Offer.application_id)
        .where(
            Application.person_id.in_(people),
            Offer.state == OfferState.ACCEPTED,
            Offer.pay_period == PayPeriod.YEAR,
            Offer.pay_currency == run.terms.currency,
        )
        .order_by(Offer.id)
    )
    found: dict[int, int] = {row[0]: row[1] for row in db.session.execute(hired)}
    entered = db.session.execute(queries.last_pay(people, run.terms.currency))
    return found | {row[0]: row[1] for row in entered}


def enter_pay(
    entry: BonusEntry, *, pay: int | None, left_out: bool = False, reason: str = "", by: Account
) -> None:
    """Enter somebody's yearly pay in minor units, or leave them out of the run.

    Raises:
        Refused: if the run was sent, it is one's own, or a reason is missing.
    """
    if not policy.enter_pay(by, entry):
        raise Refused(_("Nobody enters their own pay, and none once the run was sent."))
    if left_out and not reason.strip():
        raise Refused(_("Say why the person is left out."), "reason")
    entry.pay, entry.left_out, entry.reason = pay, left_out, reason.strip() if left_out else ""
    audit.record(BonusFact.PAY_ENTERED, entry, by=by, about=entry.person_id)


def enter_pays(run: BonusRun, text: str, *, by: Account) -> int:
    """Enter the yearly pay of many: a line each, an e-mail address and an amount.

    All or nothing; says how many there were.

    Raises:
        Refused: naming the lines that are wrong, or if the run was sent.
    """
    if run.state is not RunState.DRAFT:
        raise Refused(_("This run was sent for approval. It has to be sent back first."))
    select = (
        sa.select(Person.email_folded, BonusEntry)
        .join(Person, Person.id == BonusEntry.person_id)
        .where(BonusEntry.run_id == run.id)
    )
    known = {row[0]: row[1] for row in db.session.execute(select)}
    found: list[tuple[BonusEntry, int]] = []
    wrong: list[str] = []
    for number, email, amount in _lines(text):
        entry, pay = known.get(i18n.fold(email)), _amount(amount, run.terms.currency)
        if entry is None or pay is None or entry.person_id == by.person_id:
            wrong.append(i18n.number(number))
        else:
            found.append((entry, pay))
    if wrong:
        raise Refused(_wrong_lines(wrong), "lines")
    for entry, pay in found:
        enter_pay(entry, pay=pay, by=by)
    return len(found)


def _wrong_lines(numbers: list[str]) -> str:
    return ngettext(
        "Line %(lines)s is wrong: it needs the address of somebody in this run, not your own, and "
        "an amount. Nothing was entered.",
        "Lines %(lines)s are wrong: each needs the address of somebody in this run, not your own, "
        "and an amount. Nothing was entered.",
        len(numbers),
        lines=", ".join(numbers[:MOST_SHOWN]) + (" …" if len(numbers) > MOST_SHOWN else ""),
    )


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            email, _blank, amount = line.replace(";", " ").replace("\t", " ").strip().partition(" ")
            yield number, email.rstrip(","), amount.strip()


def _amount(text: str, currency: str) -> int | None:
    try:
        minor = read_amount(text).scaleb(i18n.currency_digits(currency))
    except ValueError:
        return None
    return int(minor) if minor == int(minor) and 0 <= minor <= HIGHEST else None
