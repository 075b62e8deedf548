"""States of templates, tasks, plans and probation, who owns tasks, and what is recorded."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, Moves, State, Tone


class TemplateState(State):
    """Where one version of a template stands."""

    DRAFT = "draft", _l("Draft"), Tone.INFO, "pencil"
    PUBLISHED = "published", _l("In use"), Tone.OK, "check-lg"
    REPLACED = "replaced", _l("Replaced"), Tone.NEUTRAL, "clock-history"
    RETIRED = "retired", _l("Retired"), Tone.NEUTRAL, "archive"


TEMPLATE_MOVES: Moves[TemplateState] = {
    TemplateState.DRAFT: frozenset({TemplateState.PUBLISHED}),
    TemplateState.PUBLISHED: frozenset({TemplateState.REPLACED, TemplateState.RETIRED}),
}


class TaskOwner(Labelled):
    """Who does a task, relative to the hire."""

    HIRE = "hire", _l("New hire")
    MANAGER = "manager", _l("Manager")
    BUDDY = "buddy", _l("Buddy")
    HR = "hr", _l("HR")
    IT = "it", _l("IT")


class TaskTime(Labelled):
    """When a task of a template is due."""

    BEFORE = "before", _l("Working days before the first day")
    FIRST_DAY = "first_day", _l("On the first day")
    AFTER = "after", _l("Working days after the first day")
    CHECK_IN = "check_in", _l("A check-in, so many calendar days after the first day")


class TaskState(State):
    """How a task looks on a day; derived, never stored."""

    TO_DO = "to_do", _l("To do"), Tone.NEUTRAL, "circle"
    DUE = "due", _l("Due today"), Tone.WARN, "clock"
    OVERDUE = "overdue", _l("Late"), Tone.BAD, "exclamation-triangle-fill"
    DONE = "done", _l("Done"), Tone.OK, "check-lg"


class PlanState(State):
    """How a plan stands on a day; derived from its tasks."""

    BEFORE_START = "before_start", _l("Before the start"), Tone.INFO, "calendar-event"
    ON_TRACK = "on_track", _l("On track"), Tone.OK, "circle-half"
    LATE = "late", _l("Late"), Tone.WARN, "clock"
    BLOCKED = "blocked", _l("Held up"), Tone.BAD, "exclamation-triangle-fill"
    FINISHED = "finished", _l("Finished"), Tone.OK, "check-lg"
    STOPPED = "stopped", _l("Stopped"), Tone.NEUTRAL, "slash-circle"


class Change(Labelled):
    """What is different about a task in a newer version of the template."""

    TEXT = "text", _l("text")
    DAY = "day", _l("date")
    OWNER = "owner", _l("owner")
    BLOCKING = "blocking", _l("blocking")
    EVIDENCE = "evidence", _l("evidence")


class ProbationOutcome(Labelled):
    """How a probation ends, or goes on."""

    PASS = "pass", _l("Passed")
    EXTEND = "extend", _l("Extended")
    END = "end", _l("Not continued")


class DecisionState(State):
    """Where a probation decision stands: it takes two people."""

    PROPOSED = "proposed", _l("Waits for HR"), Tone.WARN, "hourglass-split"
    CONFIRMED = "confirmed", _l("Confirmed"), Tone.OK, "check-lg"
    RETURNED = "returned", _l("Sent back"), Tone.NEUTRAL, "reply"


DECISION_MOVES: Moves[DecisionState] = {
    DecisionState.PROPOSED: frozenset({DecisionState.CONFIRMED, DecisionState.RETURNED}),
}


class HandOverReach(Labelled):
    """How much goes to another person at once."""

    TASK = "task", _l("Only this task")
    PLAN = "plan", _l("Every open task of this owner in this plan")
    ALL = "all", _l("Every open task of this owner in all plans I look after")


class OnboardingFact(Fact):
    """What the trail records of onboarding."""

    TEMPLATE_ADDED = "onboarding.template_added", _l("Onboarding template added")
    TEMPLATE_DRAFTED = "onboarding.template_drafted", _l("New version of a template drafted")
    TEMPLATE_CHANGED = "onboarding.template_changed", _l("Onboarding template changed")
    TEMPLATE_PUBLISHED = "onboarding.template_published", _l("Onboarding template published")
    TEMPLATE_REPLACED = "onboarding.template_replaced", _l("Onboarding template replaced")
    TEMPLATE_RETIRED = "onboarding.template_retired", _l("Onboarding template retired")
    TEMPLATE_DISCARDED = "onboarding.template_discarded", _l("Draft of a template thrown away")
    PLAN_STARTED = "onboarding.started", _l("Onboarding plan started")
    PLAN_UPDATED = "onboarding.plan_updated", _l("Plan brought up to a newer template")
    PLAN_STOPPED = "onboarding.stopped", _l("Onboarding plan stopped")
    PLAN_OVERDUE = "onboarding.overdue", _l("Onboarding not finished in time")
    MANAGER_CHANGED = "onboarding.manager_changed", _l("Onboarding has another manager")
    TASK_DONE = "onboarding.task_done", _l("Task done")
    TASK_REOPENED = "onboarding.task_reopened", _l("Task opened again")
    TASK_HANDED_OVER = "onboarding.task_handed_over", _l("Task handed over")
    TASK_AGREED = "onboarding.task_agreed", _l("Action agreed at a check-in")
    BUDDY_NAMED = "onboarding.buddy_named", _l("Buddy named")
    CHECK_IN_WRITTEN = "onboarding.check_in_written", _l("Notes for a check-in written")
    CHECK_IN_HELD = "onboarding.check_in_held", _l("Check-in held")
    PROBATION_PROPOSED = "onboarding.probation_proposed", _l("Probation decision proposed")
    PROBATION_RETURNED = "onboarding.probation_returned", _l("Probation decision sent back")
    PROBATION_CONFIRMED = "onboarding.probation_confirmed", _l("Probation decision confirmed")
