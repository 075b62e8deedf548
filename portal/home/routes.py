"""The home page, search over everything one may see, and the map of settings."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.viewer import viewer, viewer_if_any
from portal.core import clock
from portal.core.access import allowed, public, signed_in
from portal.home import search as finder
from portal.home.needs import needs_of
from portal.home.postings import newest_postings
from portal.people import policy as people

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """What needs me; strangers are shown the open jobs."""
    account = viewer_if_any()
    if account is None:
        return redirect(url_for("careers.postings"))
    today = clock.today(account.time_zone)
    needs = needs_of(account)
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
