"""Forms of the tree of teams."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import Choice, Form, WordsField
from portal.people.forms import choices


class TeamForm(Form):
    """A team's name and place."""

    name = WordsField(_l("Name"), most=120)
    site = Choice(_l("Site"), choices.sites)


class NewTeamForm(TeamForm):
    """A new team in the tree."""

    parent = Choice(
        _l("Belongs to"), choices.teams, optional=True, empty=_l("No team: it stands at the top")
    )
    lead = Choice(_l("Lead"), choices.people, optional=True, empty=_l("Nobody yet"))


class MoveForm(Form):
    """Where a team belongs."""

    parent = Choice(
        _l("Belongs to"), choices.teams, optional=True, empty=_l("No team: it stands at the top")
    )


class LeadForm(Form):
    """Who leads a team."""

    lead = Choice(_l("Lead"), choices.people, optional=True, empty=_l("Nobody"))
