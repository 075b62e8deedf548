"""The verbs of certification."""

from __future__ import annotations

from portal.certification.documents import issue_compliance_report
from portal.certification.operations.award import Proof, correct_award, record_award
from portal.certification.operations.badge import (
    publish_badge,
    status_list,
    withdraw_badge,
)
from portal.certification.operations.badge_key import current_key, rotate_key
from portal.certification.operations.certificate import issue_certificate
from portal.certification.operations.check import check_award, revoke_award
from portal.certification.operations.course import use_completion
from portal.certification.operations.coverage import tell_coverage
from portal.certification.operations.definition import (
    publish_certification,
    retire_certification,
)
from portal.certification.operations.lapse import note_leaving, note_return
from portal.certification.operations.mandate import end_mandate, set_mandate
from portal.certification.operations.pursuit import (
    add_certificate,
    enrol_for_pursuit,
    give_evidence,
    give_up_pursuit,
    hand_in,
    progress_on,
    start_pursuit,
)
from portal.certification.operations.queue import add_queue, change_queue
from portal.certification.operations.reminder import people_to_remind, remind
from portal.certification.operations.starter import load_certifications
from portal.certification.operations.terms import CriterionTerms, Terms
from portal.certification.operations.waiver import end_waiver, waive_certification

__all__ = [
    "CriterionTerms",
    "Proof",
    "Terms",
    "add_certificate",
    "add_queue",
    "change_queue",
    "check_award",
    "correct_award",
    "current_key",
    "end_mandate",
    "end_waiver",
    "enrol_for_pursuit",
    "give_evidence",
    "give_up_pursuit",
    "hand_in",
    "issue_certificate",
    "issue_compliance_report",
    "load_certifications",
    "note_leaving",
    "note_return",
    "people_to_remind",
    "progress_on",
    "publish_badge",
    "publish_certification",
    "record_award",
    "remind",
    "retire_certification",
    "revoke_award",
    "rotate_key",
    "set_mandate",
    "start_pursuit",
    "status_list",
    "tell_coverage",
    "use_completion",
    "waive_certification",
    "withdraw_badge",
]
