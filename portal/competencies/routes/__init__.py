"""Pages of the library, of what roles ask for, and of evidence."""

from __future__ import annotations

from portal.competencies.routes import evidence, library, requirements
from portal.competencies.routes.blueprint import bp

__all__ = ["bp", "evidence", "library", "requirements"]
