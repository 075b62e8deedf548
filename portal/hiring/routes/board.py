"""Board and table of one posting, and moving several applications together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.saved_views import saved_views
from portal.accounts.viewer import viewer
from portal.core import clock, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.i18n import current_locale
from portal.core.returning import flash_with_undo
from portal.core.tables import FilterBar
from portal.hiring import operations as op
from portal.hiring import policy
from portal.hiring.forms.application import BulkMoveForm, moves_from
from portal.hiring.models import Application, Posting
from portal.hiring.queries import application as application_queries
from portal.hiring.queries import board as queries
from portal.hiring.routes import bp
from portal.hiring.routes.application import way_back
from portal.hiring.states import OPEN_STAGES, ApplicationSource, Stage
from portal.people.models import full_name

MOST_AT_ONCE = 200


@bp.get("/postings/<int:posting_id>/board")
@allowed(policy.work_on_posting, on=Posting, options=queries.WITH_REQUISITION)
def board(posting: Posting) -> ResponseReturnValue:
    """The open applications by stage: the first cards of each, the rest in the table."""
    bar, counts = FilterBar(queries.filters(), request.args), counts_of(posting)
    rows = bar.narrow(queries.rows_of(posting.id))
    shown = counts
    if bar:
        shown = _by_stage(queries.counts_of(rows))
    cards: dict[Stage, list[Any]] = {stage: [] for stage in OPEN_STAGES}
    for row in db.session.execute(queries.cards(rows)):
        cards[row.stage].append(row)
    return render_template(
        "hiring/board.html",
        lanes=OPEN_STAGES,
        cards=cards,
        shown=shown,
        move_options={
            stage: [(to.value, str(to.label)) for to in moves_from(stage)] for stage in OPEN_STAGES
        },
        **_around(posting, bar, counts, "board"),
    )


@bp.get("/postings/<int:posting_id>/table")
@allowed(policy.work_on_posting, on=Posting, options=queries.WITH_REQUISITION)
def table(posting: Posting) -> ResponseReturnValue:
    """The same applications as rows, by tab and filter, a page at a time."""
    tab = request.args.get("tab", "everyone")
    bar, counts = FilterBar(queries.filters(), request.args), counts_of(posting)
    rows = bar.narrow(queries.rows_of(posting.id).where(queries.tab_condition(tab, posting)))
    page = tables.page(rows, order=queries.table_order(tab), cursor=request.args.get("cursor"))
    return render_template(
        "hiring/table.html",
        page=page,
        tab=tab,
        saved=saved_views("hiring.table", narrowed=bool(bar)),
        stage_labels={stage: str(stage.label) for stage in Stage},
        open_stages=OPEN_STAGES,
        source_labels={source: str(source.label) for source in ApplicationSource},
        **_around(posting, bar, counts, "table", tab),
    )


@bp.route("/postings/<int:posting_id>/move", methods=["POST"])
@allowed(policy.work_on_posting, on=Posting)
def move_applications(posting: Posting) -> ResponseReturnValue:
    """Show what would happen to the selected ones; do it once that is confirmed."""
    form = BulkMoveForm()
    chosen = _chosen(posting)
    if not chosen:
        flash(_("Select at least one application."), "warn")
        return redirect(way_back(url_for("hiring.table", posting_id=posting.id)), 303)
    problems = {}
    if form.validate_on_submit():
        problems = _problems(chosen, form)
        ready = [row for row in chosen if row.id not in problems]
        if request.form.get("confirmed") and ready:
            return _move_together(posting, ready, form)
    if not form.back.data:
        form.back.data = way_back("")
    return render_template(
        "hiring/board_move.html",
        posting=posting,
        form=form,
        chosen=chosen,
        problems=problems,
        ready=len(chosen) - len(problems),
        title=posting.text(current_locale())["title"],
        name_of=name_of,
    ), 422 if form.errors else 200


@bp.post("/postings/<int:posting_id>/undo-moves/<int:moment>")
@allowed(policy.work_on_posting, on=Posting)
def undo_moves(posting: Posting, moment: int) -> ResponseReturnValue:
    """Put back what this person moved together at a moment (microseconds since 1970)."""
    # The day before or after is no answer to a made-up number: nothing matches it.
    at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=min(moment, 10**16))
    moved = db.session.scalars(application_queries.moved_together(posting.id, viewer(), at)).all()
    if not moved:
        raise Refused(_("This can't be undone any more. Move the applications instead."))
    for application in moved:
        op.undo_move(application, by=viewer())
    flash(
        ngettext(
            "%(num)s application is back where it was.",
            "%(num)s applications are back where they were.",
            len(moved),
        ),
        "ok",
    )
    return redirect(way_back(url_for("hiring.table", posting_id=posting.id)), 303)


def counts_of(posting: Posting) -> dict[Stage, int]:
    """How many stand at each stage, as kept by the moves."""
    return _by_stage(application_queries.stage_counts(posting.id))


def _by_stage(counts: sa.Select[*tuple[Any, ...]]) -> dict[Stage, int]:
    return {row[0]: row[1] for row in db.session.execute(counts)}


def name_of(row: Any) -> str:  # noqa: ANN401 - an application or a row of one
    """The name on a card."""
    if row.erased_at is not None:
        return _("Erased application %(number)s", number=row.id)
    return full_name(row.given_name, row.family_name, row.language)


def _around(
    posting: Posting, bar: FilterBar, counts: dict[Stage, int], here: str, tab: str = "everyone"
) -> dict[str, Any]:
    """What board and table have in common."""
    late = db.session.scalar(queries.late_count(posting))
    return {
        "posting": posting,
        "criteria": posting.latest_criteria,
        "bar": bar,
        "here": here,
        "bulk": BulkMoveForm(),
        "title": posting.text(current_locale())["title"],
        "name_of": name_of,
        "tabs": _tabs(posting, counts, late or 0, here, tab),
        "to_screen": counts.get(Stage.APPLIED, 0),
        "source_options": bar.options("source"),
        "wait_options": bar.options("wait"),
        "application_url": url_for("hiring.application", application_id=0)[:-1],
        "late_before": clock.now() - timedelta(days=posting.answer_days),
    }


def _tabs(
    posting: Posting, counts: dict[Stage, int], late: int, here: str, current: str
) -> list[dict[str, Any]]:
    days = posting.answer_days
    everyone = sum(counts.get(stage, 0) for stage in OPEN_STAGES)
    tabs = [
        ("everyone", _("Everyone"), everyone),
        ("needs-me", _("Needs me"), counts.get(Stage.APPLIED, 0)),
        ("waiting", ngettext("Waiting over %(num)s day", "Waiting over %(num)s days", days), late),
        ("hired", _("Hired"), counts.get(Stage.HIRED, 0)),
        ("rejected", _("Rejected"), counts.get(Stage.REJECTED, 0)),
        ("withdrawn", _("Withdrawn"), counts.get(Stage.WITHDRAWN, 0)),
    ]
    board_or_table = f"hiring.{here}"
    return [
        {
            "label": label,
            "count": number,
            "current": key == current,
            "url": url_for(board_or_table, posting_id=posting.id)
            if key == "everyone"
            else url_for("hiring.table", posting_id=posting.id, tab=key),
        }
        for key, label, number in tabs
        if number or key in {"everyone", "needs-me", "rejected"}
    ]


def _chosen(posting: Posting) -> list[Application]:
    ids = {int(text) for text in request.form.getlist("id") if text.isdecimal() and len(text) < 10}
    found = db.session.scalars(application_queries.chosen(posting.id, sorted(ids)[:MOST_AT_ONCE]))
    return [row for row in found if policy.work_on(viewer(), row)]


def _problems(chosen: list[Application], form: BulkMoveForm) -> dict[int, str]:
    """Why some of them stay where they are."""
    problems = {}
    for application in chosen:
        try:
            op.require_movable(application, form.to.data, form.reason.data)
        except Refused as refused:
            if refused.field == "reason":
                form.reason.errors = [refused.message]
                return {}
            problems[application.id] = refused.message
    return problems


def _move_together(
    posting: Posting, ready: list[Application], form: BulkMoveForm
) -> ResponseReturnValue:
    to = form.to.data
    reason = form.reason.data if to is Stage.REJECTED else None
    at = op.move_applications(ready, to, by=viewer(), reason=reason)
    moment = (at - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)
    text = ngettext(
        "%(num)s application moved to “%(stage)s”.",
        "%(num)s applications moved to “%(stage)s”.",
        len(ready),
        stage=to.label,
    )
    undo = url_for("hiring.undo_moves", posting_id=posting.id, moment=moment)
    flash_with_undo(text, undo)
    return redirect(way_back(url_for("hiring.table", posting_id=posting.id)), 303)
