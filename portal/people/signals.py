"""Facts of this feature that higher features answer to."""

from __future__ import annotations

from blinker import Signal

employment_started = Signal()
"""Somebody was employed, or took another role or team: ``employment`` and ``by`` are sent."""

employment_ended = Signal()
"""Somebody leaves, or a day of leaving was set anew: ``employment`` and ``by`` are sent."""

team_lead_set = Signal()
"""A team has another lead, or none: ``team``, ``before`` (the old lead's person id) and ``by``."""
