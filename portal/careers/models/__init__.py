"""Tables of careers."""

from portal.careers.models.claim import CareerClaim
from portal.careers.models.ladder import LadderEdge, LadderVersion, PathRequirement, RequirementSet

__all__ = ["CareerClaim", "LadderEdge", "LadderVersion", "PathRequirement", "RequirementSet"]
