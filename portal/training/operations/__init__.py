"""Verbs of training."""

from portal.training.operations.certificate import (
    box,
    box_name,
    issue_completion_certificate,
    issue_session_certificates,
)
from portal.training.operations.completion import (
    complete,
)
from portal.training.operations.course import (
    SEARCH_KIND,
    Terms,
    add_category,
    add_course,
    change_category,
    change_course,
    offer_course,
    retire_course,
)
from portal.training.operations.credit import (
    claim_credit,
    decide_credit,
)
from portal.training.operations.enrolment import (
    cancel_enrolment,
    enrol,
    leave_session,
)
from portal.training.operations.imports import (
    import_completions,
    preview_completions,
)
from portal.training.operations.programme import (
    ProgrammeTerms,
    add_programme,
    change_programme,
    enrol_in_programme,
    follow_completion,
    follow_programme,
    leave_programme,
    may_join,
    offer_programme,
    retire_programme,
)
from portal.training.operations.reminder import (
    remind,
)
from portal.training.operations.result import (
    confirm_completion,
    hold_session,
    record_result,
)
from portal.training.operations.rule import (
    apply_rule,
    apply_rules,
    apply_rules_to,
    end_rule,
    number_to_enrol,
    set_rule,
)
from portal.training.operations.session import (
    Plan,
    cancel_session,
    change_session,
    plan_session,
)
from portal.training.operations.starter import (
    load_catalogue,
    load_example_rules,
)

__all__ = [
    "SEARCH_KIND",
    "Plan",
    "ProgrammeTerms",
    "Terms",
    "add_category",
    "add_course",
    "add_programme",
    "apply_rule",
    "apply_rules",
    "apply_rules_to",
    "box",
    "box_name",
    "cancel_enrolment",
    "cancel_session",
    "change_category",
    "change_course",
    "change_programme",
    "change_session",
    "claim_credit",
    "complete",
    "confirm_completion",
    "decide_credit",
    "end_rule",
    "enrol",
    "enrol_in_programme",
    "follow_completion",
    "follow_programme",
    "hold_session",
    "import_completions",
    "issue_completion_certificate",
    "issue_session_certificates",
    "leave_programme",
    "leave_session",
    "load_catalogue",
    "load_example_rules",
    "may_join",
    "number_to_enrol",
    "offer_course",
    "offer_programme",
    "plan_session",
    "preview_completions",
    "record_result",
    "remind",
    "retire_course",
    "retire_programme",
    "set_rule",
]
