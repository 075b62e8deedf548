"""Enums of the competency library and the evidence ledger."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled


class CompetencyFamily(Labelled):
    """The group a competency is listed under."""

    CORE = "core", _l("Behavioural core")
    CRAFT = "craft", _l("Craft")
    LEADING = "leading", _l("Leading others")


class EvidenceSource(Labelled):
    """Where a row of the evidence ledger comes from."""

    INTERVIEW = "interview", _l("Interview")
    TASK = "task", _l("Onboarding task")
    COURSE = "course", _l("Course")
    MANAGER = "manager", _l("Manager's observation")
    SELF = "self", _l("Own note")
    REVIEW = "review", _l("Review")
    ASSESSMENT = "assessment", _l("Manager's assessment")
    FEEDBACK = "feedback", _l("Feedback of a colleague")
    MENTORING = "mentoring", _l("Mentoring")


class CompetencyFact(Fact):
    """What the trail records of competencies and evidence."""

    PUBLISHED = "competency.published", _l("Competency version published")
    REQUIREMENT_SET = "competency.requirement_set", _l("Role requirement set")
    REQUIREMENT_REMOVED = "competency.requirement_removed", _l("Role requirement removed")
    EVIDENCE_ADDED = "evidence.added", _l("Evidence added")
    EVIDENCE_READ = "evidence.read", _l("Evidence opened")
