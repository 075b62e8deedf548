"""What is done with bonuses: plans, runs, statements."""

from portal.bonuses.operations.plan import (
    PlanTerms,
    Weighed,
    publish_plan,
    resume_plan,
    retire_plan,
)
from portal.bonuses.operations.roster import enter_pay, enter_pays, update_people
from portal.bonuses.operations.run import (
    approve_run,
    cancel_run,
    issue_run,
    propose_run,
    return_run,
    start_run,
)
from portal.bonuses.operations.starter import load_plans
from portal.bonuses.operations.statement import (
    approve_correction,
    correct_statement,
    hand_out,
    refuse_correction,
)

__all__ = [
    "PlanTerms",
    "Weighed",
    "approve_correction",
    "approve_run",
    "cancel_run",
    "correct_statement",
    "enter_pay",
    "enter_pays",
    "hand_out",
    "issue_run",
    "load_plans",
    "propose_run",
    "publish_plan",
    "refuse_correction",
    "resume_plan",
    "retire_plan",
    "return_run",
    "start_run",
    "update_people",
]
