"""The match of a round: looked at, corrected, run again, published."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import Form, form_page, refusals_to
from portal.mentoring import operations, policy, queries, wording
from portal.mentoring.forms import HandForm, WeightsForm, weights_data
from portal.mentoring.forms.choices import library
from portal.mentoring.models import MentoringMatch, MentoringPair, MentoringProgramme
from portal.mentoring.operations.match import MATCHED_IN
from portal.mentoring.routes import bp
from portal.mentoring.states import PairState, Side, TermKind
from portal.people.models import Person


@bp.get("/mentoring/programmes/<int:programme_id>/match")
@allowed(policy.keep_programme, on=MentoringProgramme)
def match(programme: MentoringProgramme) -> ResponseReturnValue:
    """The suggested pairs with their reasons, and who stays alone."""
    return _page(programme)


@bp.post("/mentoring/programmes/<int:programme_id>/match/run")
@allowed(policy.keep_programme, on=MentoringProgramme)
def run_match(programme: MentoringProgramme) -> ResponseReturnValue:
    """Match everybody who has nobody."""
    form = WeightsForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.run_match(programme, form.mode.data, form.weights(), by=viewer())
            flash(_("Matched. Look at the pairs, lock the good ones, then publish."), "ok")
            return _back(programme)
    return _page(programme, weights_form=form)


@bp.post("/mentoring/programmes/<int:programme_id>/match/by-hand")
@allowed(policy.keep_programme, on=MentoringProgramme)
def pair_by_hand(programme: MentoringProgramme) -> ResponseReturnValue:
    """Put two together; the others are matched anew."""
    form = _hand_form(programme)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.pair_by_hand(programme, form.mentee.data, form.mentor.data, by=viewer())
            flash(_("The two are a locked pair. Everybody else was matched anew."), "ok")
            return _back(programme)
    return _page(programme, hand_form=form)


@bp.post("/mentoring/programmes/<int:programme_id>/match/publish")
@allowed(policy.keep_programme, on=MentoringProgramme)
def publish_match(programme: MentoringProgramme) -> ResponseReturnValue:
    """Tell everybody."""
    number = operations.publish_match(programme, by=viewer())
    flash(ngettext("One pair was told of each other.", "%(num)s pairs were told of each other.",
                   number), "ok")  # fmt: skip
    return redirect(url_for("mentoring.programme", programme_id=programme.id), 303)


@bp.post("/mentoring/pairs/<int:pair_id>/lock")
@allowed(policy.keep_pair, on=MentoringPair)
def lock_pair(pair: MentoringPair) -> ResponseReturnValue:
    """Keep a suggestion through further runs, or no longer."""
    operations.lock_pair(pair, locked=not pair.locked, by=viewer())
    return _back(pair.programme, pair.id)


@bp.post("/mentoring/pairs/<int:pair_id>/drop")
@allowed(policy.keep_pair, on=MentoringPair)
def drop_pair(pair: MentoringPair) -> ResponseReturnValue:
    """Take a suggestion out."""
    programme = pair.programme
    operations.drop_pair(pair, by=viewer())
    flash(_("Taken out. The next run may suggest the two again, unless others fit better."), "ok")
    return _back(programme)


def _back(programme: MentoringProgramme, pair_id: int | None = None) -> ResponseReturnValue:
    anchor = f"pair-{pair_id}" if pair_id else None
    return redirect(url_for("mentoring.match", programme_id=programme.id, _anchor=anchor), 303)


def _hand_form(programme: MentoringProgramme) -> HandForm:
    form = HandForm()
    for field, side in ((form.mentee, Side.MENTEE), (form.mentor, Side.MENTOR)):
        rows = db.session.scalars(queries.people_signed_up(programme.id, side))
        field.offer = [(one.id, one.display_name) for one in rows]
    return form


def _page(programme: MentoringProgramme, **sent: Form) -> ResponseReturnValue:
    pairs = db.session.scalars(queries.pairs_in(programme.id, PairState.PROPOSED)).all()
    run = db.session.scalar(queries.latest_match(programme.id))
    forms: dict[str, Form] = {
        "weights_form": WeightsForm(
            formdata=None, data=weights_data(programme.mode, programme.weights)
        ),
        "hand_form": sent.get("hand_form") or _hand_form(programme),
    }
    back = next(iter(sent.values()), None)
    return form_page(
        "mentoring/match.html",
        back or forms["weights_form"],
        programme=programme,
        today=clock.today(viewer().time_zone),
        may_run=programme.is_round and programme.state in MATCHED_IN,
        pairs=pairs,
        run=run,
        alone=[one for side in Side for one in (run.unmatched if run else ())
               if one["side"] == str(side)],
        names=_names(pairs, run),
        skills={one.id: one.current.name for one in library() if one.current},
        words=wording,
        kinds={str(kind): kind.label for kind in TermKind},
        sides={str(side): side.label for side in Side},
        **(forms | sent),
    )  # fmt: skip


def _names(pairs: object, run: MentoringMatch | None) -> dict[int, str]:
    """The names of everybody the page speaks of."""
    ids: set[int] = set()
    for pair in pairs:  # type: ignore[attr-defined]
        ids |= {*pair.both, *(best["person_id"] for best in pair.bests.values())}
    for one in run.unmatched if run else ():
        ids |= {one["person_id"], *([one["best"]["person_id"]] if one.get("best") else [])}
    rows = db.session.scalars(sa.select(Person).where(Person.id.in_(ids)))
    return {one.id: one.display_name for one in rows}
