"""The home page, search over everything one may see, and the map of settings."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import queries as accounts
from portal.accounts.viewer import viewer, viewer_if_any
from portal.core import clock
from portal.core.access import allowed, public, signed_in
from portal.core.db import db
from portal.core.web import limiter
from portal.home import feed
from portal.home import search as finder
from portal.home.need import MOST
from portal.home.needs import needs_of
from portal.home.postings import newest_postings
from portal.people import policy as people

bp = Blueprint("home", __name__)

ALL = 300
"""How much the page shows of what waits if everything is asked for."""

FETCHES = "60 per minute"
"""Calendar programs ask every few minutes; a token has 256 random bits."""


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """What needs me; strangers are shown the open jobs."""
    account = viewer_if_any()
    if account is None:
        return redirect(url_for("careers.postings"))
    today = clock.today(account.time_zone)
    most = ALL if request.args.get("all") else MOST
    needs = needs_of(account, most + 1)
    more, needs = len(needs) > most, needs[:most]
    groups = {
        "late": [need for need in needs if need.due < today],
        "today": [need for need in needs if need.due == today],
        "week": [need for need in needs if need.due > today],
    }
    local_hour = clock.now().astimezone(ZoneInfo(account.time_zone)).hour
    return render_template(
        "home/home.html",
        groups=groups,
        count=len(needs),
        more=more,
        today=today,
        hour=local_hour,
        postings=newest_postings(account),
    )


@bp.get("/search")
@signed_in
def search() -> ResponseReturnValue:
    """Colleagues and candidates by part of a name or address."""
    query = request.args.get("q", "").strip()[:100]
    found = finder.search(query, viewer()) if query else []
    return render_template("home/search.html", query=query, groups=found)


@bp.get("/settings")
@allowed(people.set_up)
def settings() -> ResponseReturnValue:
    """Everything that can be set, by what it is for."""
    return render_template("home/settings.html")


@bp.get("/calendar/<string:token>/due.ics")
@public
@limiter.limit(FETCHES)
def calendar_feed(token: str) -> ResponseReturnValue:
    """What is due for the owner of a secret address, for their calendar program."""
    found = db.session.scalar(accounts.feed_with(token))
    if found is None:
        abort(404)
    answer = Response(feed.calendar_of(found), content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request)
