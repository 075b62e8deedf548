"""What the list of requisitions can be narrowed by."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.core import i18n, search
from portal.core.db import db
from portal.core.tables import Filter
from portal.hiring import queries
from portal.hiring.models import Requisition
from portal.people.forms import choices
from portal.people.models import Team, full_name
from portal.people.operations import SEARCH_KIND


def requisition_filters(viewer: Account) -> tuple[Filter, ...]:
    """Filters for a select that joins the team."""
    roles, sites = choices.roles(), choices.sites()
    return (
        Filter("q", _l("Search"), lambda asked: _about(asked[0], roles, sites)),
        Filter("role", _l("Role"), lambda keys: Requisition.role_id == keys[0], roles),
        Filter("site", _l("Site"), lambda keys: Requisition.site_id == keys[0], sites),
        Filter("person", _l("Manager or team lead"), lambda keys: _of(keys[0]), _people(viewer)),
    )


def _of(person_id: int) -> sa.ColumnElement[bool]:
    """Whose hiring manager, or the lead of whose team, is this person."""
    return sa.or_(Requisition.hiring_manager_id == person_id, Team.lead_id == person_id)


def _people(viewer: Account) -> choices.Offer:
    rows = db.session.execute(queries.people_behind_requisitions(viewer))
    named = [(row.id, full_name(row.given_name, row.family_name, row.language)) for row in rows]
    locale = i18n.current_locale()
    return sorted(named, key=lambda pair: i18n.sort_key(pair[1], locale))


def _about(text: str, roles: choices.Offer, sites: choices.Offer) -> sa.ColumnElement[bool]:
    """Whose role, site or team is called so in the reader's language, or whose manager is."""
    wanted = i18n.fold(text)

    def called_so(offer: choices.Offer) -> list[int]:
        return [key for key, label in offer if wanted and wanted in i18n.fold(label)]

    return sa.or_(
        Requisition.role_id.in_(called_so(roles)),
        Requisition.site_id.in_(called_so(sites)),
        Requisition.team_id.in_(called_so(choices.teams())),
        Requisition.hiring_manager_id.in_(search.matches(SEARCH_KIND, text)),
    )
