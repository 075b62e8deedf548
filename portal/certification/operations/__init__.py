"""The verbs of certification."""

from __future__ import annotations

from portal.certification.operations.award import Proof, correct_award, record_award
from portal.certification.operations.definition import (
    publish_certification,
    retire_certification,
)
from portal.certification.operations.mandate import end_mandate, set_mandate
from portal.certification.operations.queue import add_queue, change_queue
from portal.certification.operations.terms import CriterionTerms, Terms

__all__ = [
    "CriterionTerms",
    "Proof",
    "Terms",
    "add_queue",
    "change_queue",
    "correct_award",
    "end_mandate",
    "publish_certification",
    "record_award",
    "retire_certification",
    "set_mandate",
]
