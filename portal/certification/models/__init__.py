"""Tables of certification."""

from portal.certification.models.award import (
    Award,
    AwardCheck,
    AwardEvidence,
    AwardLapse,
    OpenCheck,
    Pursuit,
    PursuitEvidence,
    Reminder,
    Revocation,
    Waiver,
)
from portal.certification.models.badge import Badge, BadgeKey
from portal.certification.models.coverage import CoverageWarning
from portal.certification.models.definition import (
    Certification,
    CertificationVersion,
    ClientQueue,
    Criterion,
    Mandate,
    Prerequisite,
    QueueTeam,
)

__all__ = [
    "Award",
    "AwardCheck",
    "AwardEvidence",
    "AwardLapse",
    "Badge",
    "BadgeKey",
    "Certification",
    "CertificationVersion",
    "ClientQueue",
    "CoverageWarning",
    "Criterion",
    "Mandate",
    "OpenCheck",
    "Prerequisite",
    "Pursuit",
    "PursuitEvidence",
    "QueueTeam",
    "Reminder",
    "Revocation",
    "Waiver",
]
