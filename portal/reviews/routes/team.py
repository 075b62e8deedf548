"""The reviews one answers for: how far their parts are, and a friendly nudge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, i18n, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.people import queries as people
from portal.people.forms import choices
from portal.people.models import Person, Team, full_name
from portal.people.operations import SEARCH_KIND
from portal.reviews import operations, policy, queries
from portal.reviews.models import Review, ReviewCycle
from portal.reviews.routes import bp
from portal.reviews.states import CycleState, PartKind, ReviewState

SIZE = 25
MOST = 20_000


@dataclass
class Progress:
    """How many parts of a review are asked for and in, by kind; ``named`` wait for a word."""

    asked: dict[PartKind, int] = field(default_factory=dict)
    handed_in: dict[PartKind, int] = field(default_factory=dict)
    named: int = 0

    def is_in(self, kind: PartKind) -> bool:
        """Whether the one part of a kind is handed in."""
        return self.handed_in.get(kind, 0) > 0

    def text(self, kind: PartKind) -> str:
        """``2 of 3``; nothing if none is asked for."""
        if not self.asked.get(kind):
            return ""
        return _(
            "%(done)s of %(count)s",
            done=i18n.number(self.handed_in.get(kind, 0)),
            count=i18n.number(self.asked[kind]),
        )


def _cycles() -> list[tuple[int, str]]:
    found = queries.cycles(viewer()).where(ReviewCycle.state != CycleState.DRAFT)
    newest = found.order_by(ReviewCycle.starts_on.desc(), ReviewCycle.id.desc()).limit(20)
    return [(cycle.id, i18n.words(cycle.name)) for cycle in db.session.scalars(newest)]


def _in_team(key: int) -> sa.ColumnElement[bool]:
    team = db.session.get(Team, int(key))
    if team is None:
        return sa.false()
    return Review.team_id.in_(sa.select(Team.id).where(people.within(Team.path, team.path)))


def _asked() -> tuple[tables.FilterBar, sa.Select[Any]]:
    bar = tables.FilterBar(
        (
            tables.Filter(
                "q",
                _l("Name"),
                lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0])),
            ),
            tables.Filter("cycle", _l("Cycle"), lambda keys: Review.cycle_id == keys[0], _cycles()),
            tables.Filter(
                "state", _l("State"), lambda states: Review.state == states[0], ReviewState
            ),
            tables.Filter(
                "team",
                _l("Team"),
                lambda keys: _in_team(keys[0]),
                choices.upper_teams(request.args.get("team", "")),
            ),
            tables.Filter(
                "owner",
                _l("Manager"),
                lambda _keys: Review.manager_id.is_(None),
                [("none", _l("Without a manager"))],
            ),
        ),
        request.args,
    )
    select = queries.reviews_found(viewer())
    if not bar.value("state"):
        select = select.where(Review.state != ReviewState.CANCELLED)
    return bar, bar.narrow(select)


def _page(select: sa.Select[Any]) -> tables.Page:
    """Finds the page first, and names and days only for the reviews it shows."""
    order = [*ORDER, (Person.by_name(), False), (Review.id, False)]
    page = tables.page(select, order=order, size=SIZE, cursor=request.args.get("cursor"))
    found = [row.id for row in page.rows]
    by_id = {row.id: row for row in db.session.execute(queries.reviews_listed(found))}
    return replace(page, rows=[by_id[key] for key in found])


ORDER = ((ReviewCycle.starts_on, True), (ReviewCycle.id, True))


def _progress(review_ids: Iterable[int]) -> dict[int, Progress]:
    found: dict[int, Progress] = {}
    keys = list(review_ids)
    for start in range(0, len(keys), 5000):
        for row in db.session.execute(queries.handed_in(keys[start : start + 5000])):
            one = found.setdefault(row.review_id, Progress())
            one.asked[row.kind] = int(row.asked or 0)
            one.handed_in[row.kind] = int(row.handed_in or 0)
            one.named += int(row.named or 0)
    return found


@bp.get("/reviews/team")
@allowed(policy.see_team_reviews)
def team() -> str:
    """The reviews of one's people, with the state of each part."""
    bar, select = _asked()
    page = _page(select)
    return render_template(
        "reviews/team.html",
        bar=bar,
        page=page,
        count=tables.count(select),
        progress=_progress(row.id for row in page.rows),
        none=Progress(),
        kinds=PartKind,
        states=ReviewState,
        full_name=full_name,
        today=clock.today(viewer().time_zone),
        language=i18n.current_locale(),
    )


@bp.get("/reviews/team/export/<any(csv, xlsx):kind>")
@allowed(policy.see_team_reviews)
def export_team(kind: str) -> Response:
    """Download the list as it is narrowed now; no results, only how far everybody is."""
    _bar, select = _asked()
    by = [column.desc() if down else column.asc() for column, down in ORDER]
    listed = queries.reviews_listed(select).order_by(*by, Person.by_name(), Review.id)
    rows = db.session.execute(listed.limit(MOST)).all()
    progress = _progress(row.id for row in rows)

    def of(row: Any, part: PartKind) -> str:  # noqa: ANN401 - a row of ``reviews_listed``
        return progress.get(row.id, Progress()).text(part)

    columns = (
        tables.Column(
            _l("Name"), lambda row: full_name(row.given_name, row.family_name, row.language)
        ),
        tables.Column(_l("Role"), "role"),
        tables.Column(_l("Team"), "team"),
        tables.Column(_l("Site"), "site"),
        tables.Column(_l("Cycle"), "cycle"),
        tables.Column(_l("Manager"), _manager),
        tables.Column(_l("State"), "state"),
        tables.Column(PartKind.SELF.label, lambda row: of(row, PartKind.SELF)),
        tables.Column(PartKind.MANAGER.label, lambda row: of(row, PartKind.MANAGER)),
        tables.Column(PartKind.PEER.label, lambda row: of(row, PartKind.PEER)),
        tables.Column(PartKind.UPWARD.label, lambda row: of(row, PartKind.UPWARD)),
    )
    return tables.export(rows, columns, kind, _("Reviews"))


def _manager(row: Any) -> str:  # noqa: ANN401 - a row of ``reviews_listed``
    if row.manager_id is None:
        return ""
    return full_name(row.manager_given, row.manager_family, row.manager_language)


@bp.post("/reviews/<int:review_id>/nudge")
@allowed(policy.nudge, on=Review)
def nudge(review: Review) -> ResponseReturnValue:
    """Remind everybody who has an open part in a review, without saying who they are."""
    told = operations.nudge([review], by=viewer())
    if told:
        flash(_("Reminded: whoever has an open part got a mail."), "ok")
    else:
        flash(_("Everybody has been reminded today already."), "info")
    return redirect(url_for(".team", cycle=review.cycle_id), 303)
