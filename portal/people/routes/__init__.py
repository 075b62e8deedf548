"""Pages of people and of the organisation."""

from __future__ import annotations

from portal.people.routes import employments, organisation, persons, roles, sites, teams, trail
from portal.people.routes.blueprint import bp

__all__ = ["bp", "employments", "organisation", "persons", "roles", "sites", "teams", "trail"]
