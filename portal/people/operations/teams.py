"""The tree of teams, and what each lead may therefore see."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.people import queries
from portal.people.models import Person, Site, Team
from portal.people.signals import team_lead_set
from portal.people.states import PeopleFact

LONGEST_PATH = 400


def add_team(
    *, name: Words, parent: Team | None, site: Site, lead: Person | None = None, by: Account | None
) -> Team:
    """Add a team below another, or at the top.

    Raises:
        Refused: if the tree would become too deep.

    """
    team = Team(name=name, parent_id=parent.id if parent else None, path="", site_id=site.id)
    db.session.add(team)
    db.session.flush()
    team.path = _path(team)
    audit.record(PeopleFact.TEAM_ADDED, team, by=by)
    if lead is not None:
        set_team_lead(team, lead=lead, by=by)
    return team


def change_team(team: Team, *, name: Words, site: Site, by: Account) -> None:
    """Rename a team or place it elsewhere."""
    team.name, team.site, team.site_id = name, site, site.id
    audit.record(PeopleFact.TEAM_CHANGED, team, by=by)


def move_team(team: Team, *, parent: Team | None, by: Account) -> None:
    """Hang a team, with everything below it, under another one or at the top.

    Raises:
        Refused: if it would come to lie below itself, or the tree would become too deep.

    """
    # Two moves at once could tie a knot that neither sees, so the whole tree is locked.
    teams = db.session.scalars(queries.tree_for_update()).all()
    if parent is not None and parent.path.startswith(team.path):
        raise Refused(_("A team can't lie below itself. Choose another place."), "parent")
    below = [row for row in teams if row.path.startswith(team.path)]
    old = team.path
    # The column as well: the trail sees columns, and a flush would fill this one too late for it.
    team.parent, team.parent_id = parent, parent.id if parent else None
    db.session.flush()
    new = _path(team)
    for row in below:
        row.path = _fitting(new + row.path[len(old) :])
    audit.record(PeopleFact.TEAM_MOVED, team, by=by)
    _refresh_led_paths(row.lead_id for row in below)


def set_team_lead(team: Team, *, lead: Person | None, by: Account | None) -> None:
    """Give a team its lead, or none; both people's accounts see what they then lead."""
    before = team.lead_id
    team.lead, team.lead_id = lead, lead.id if lead else None
    audit.record(PeopleFact.TEAM_LEAD_SET, team, by=by, about=lead.id if lead else before)
    _refresh_led_paths([before, team.lead_id])
    if before != team.lead_id:
        team_lead_set.send(None, team=team, before=before, by=by)


def _path(team: Team) -> str:
    parent = team.parent
    return _fitting(f"{parent.path if parent else '/'}{team.id}/")


def _fitting(path: str) -> str:
    if len(path) > LONGEST_PATH:
        raise Refused(
            _("There are too many teams below one another. Choose a place further up."), "parent"
        )
    return path


def _refresh_led_paths(person_ids: Iterable[int | None]) -> None:
    """Write the paths of the teams these people lead onto their accounts."""
    leads = {key for key in person_ids if key is not None}
    db.session.flush()
    paths: dict[int, list[str]] = {key: [] for key in leads}
    led = sa.select(Team.lead_id, Team.path).where(Team.lead_id.in_(leads)).order_by(Team.path)
    for lead_id, path in db.session.execute(led):
        paths[lead_id or 0].append(path)
    for account in db.session.scalars(sa.select(Account).where(Account.person_id.in_(leads))):
        account.led_paths = paths[account.person_id]
