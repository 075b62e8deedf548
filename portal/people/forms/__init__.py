"""Forms of people and the organisation."""

from __future__ import annotations

from portal.people.forms.organisation import OrganisationForm, SiteForm
from portal.people.forms.persons import EmploymentForm, EndForm, PersonForm
from portal.people.forms.roles import NewRoleForm, PayBandForm, RoleForm
from portal.people.forms.teams import LeadForm, MoveForm, NewTeamForm, TeamForm

__all__ = [
    "EmploymentForm",
    "EndForm",
    "LeadForm",
    "MoveForm",
    "NewRoleForm",
    "NewTeamForm",
    "OrganisationForm",
    "PayBandForm",
    "PersonForm",
    "RoleForm",
    "SiteForm",
    "TeamForm",
]
