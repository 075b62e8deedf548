"""What training and certification choose from, under its former name."""

from __future__ import annotations

from portal.people.forms.choices import Offer, languages, roles, sites, teams

__all__ = ["Offer", "languages", "roles", "sites", "teams"]
