"""What can be done with competencies, role requirements and evidence."""

from __future__ import annotations

from portal.competencies.operations.evidence import add_evidence, add_evidence_of_many
from portal.competencies.operations.library import add_competency, publish_version
from portal.competencies.operations.requirements import (
    Wanted,
    set_requirement,
    set_requirements,
)
from portal.competencies.operations.starter import load_competencies, load_requirements

__all__ = [
    "Wanted",
    "add_competency",
    "add_evidence",
    "add_evidence_of_many",
    "load_competencies",
    "load_requirements",
    "publish_version",
    "set_requirement",
    "set_requirements",
]
