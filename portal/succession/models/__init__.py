"""Tables of succession."""

from portal.succession.models.grid import GridPlacement, GridSession, TalentGrid
from portal.succession.models.position import (
    KeyPosition,
    Nomination,
    NominationChange,
    PositionAssessment,
    SuccessionAction,
)
from portal.succession.models.scenario import Scenario
from portal.succession.models.settings import (
    ReadinessLevel,
    SuccessionSettings,
)

__all__ = [
    "GridPlacement",
    "GridSession",
    "KeyPosition",
    "Nomination",
    "NominationChange",
    "PositionAssessment",
    "ReadinessLevel",
    "Scenario",
    "SuccessionAction",
    "SuccessionSettings",
    "TalentGrid",
]
