"""Kinds of steps, requirements and claims, how a requirement stands, what the trail records."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class EdgeKind(Labelled):
    """Where a step leads, seen from the role it starts from."""

    UP = "up", _l("Step up")
    LATERAL = "lateral", _l("Sideways")
    SPECIALIST = "specialist", _l("Specialist")


class RequirementKind(Labelled):
    """What a role can ask of those who want it."""

    COMPETENCY = "competency", _l("Competency")
    EXPERIENCE = "experience", _l("Experience")
    EDUCATION = "education", _l("Education")
    CERTIFICATION = "certification", _l("Certificate in force")
    COURSE = "course", _l("Course completed")
    PROGRAMME = "programme", _l("Programme completed")
    REVIEW = "review", _l("Last review")
    METRIC = "metric", _l("Metric")
    CONDUCT = "conduct", _l("No open corrective action")


class ExperienceKind(Labelled):
    """What time is counted in."""

    ROLE = "role", _l("In one role")
    FAMILY = "family", _l("In a job family, here or elsewhere")
    LEADING = "leading", _l("Leading people, here or elsewhere")


class EducationLevel(Labelled):
    """Degrees from the lowest to the highest; a higher one meets what asks for a lower one."""

    SCHOOL = "school", _l("Secondary school")
    VOCATIONAL = "vocational", _l("Vocational training")
    BACHELOR = "bachelor", _l("Bachelor")
    MASTER = "master", _l("Master")
    DOCTORATE = "doctorate", _l("Doctorate")

    @property
    def rank(self) -> int:
        """Its place, lowest first."""
        return list(EducationLevel).index(self)


class ClaimKind(Labelled):
    """What a person brings along that the portal cannot know."""

    EXPERIENCE = "experience", _l("Experience elsewhere")
    EDUCATION = "education", _l("Education")


class ClaimState(State):
    """Whether a second person has looked at a claim."""

    WAITING = "waiting", _l("Waits for confirmation"), Tone.INFO, "search"
    CONFIRMED = "confirmed", _l("Counts"), Tone.OK, "check-lg"
    REFUSED = "refused", _l("Not confirmed"), Tone.BAD, "x-lg"


CLAIM_MOVES = {
    ClaimState.WAITING: frozenset({ClaimState.CONFIRMED, ClaimState.REFUSED}),
}


class LineState(State):
    """How somebody stands with one requirement on a day; derived, never stored."""

    MET = "met", _l("Met"), Tone.OK, "check-lg"
    MISSING = "missing", _l("Missing"), Tone.BAD, "x-lg"
    UNKNOWN = "unknown", _l("Cannot tell yet"), Tone.NEUTRAL, "question-circle"


class CareersFact(Fact):
    """What the trail records of careers."""

    LADDER_PUBLISHED = "careers.ladder_published", _l("Career ladder published")
    REQUIREMENTS_PUBLISHED = (
        "careers.requirements_published",
        _l("Requirements of a career step published"),
    )
    CLAIM_ADDED = "careers.claim_added", _l("Experience or education added")
    CLAIM_CONFIRMED = "careers.claim_confirmed", _l("Experience or education confirmed")
    CLAIM_REFUSED = "careers.claim_refused", _l("Experience or education not confirmed")
    CLAIM_READ = "careers.claim_read", _l("File of experience or education opened")
