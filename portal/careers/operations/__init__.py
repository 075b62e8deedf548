"""What is done in careers."""

from __future__ import annotations

from portal.careers.operations.claim import add_claim, decide_claim
from portal.careers.operations.ladder import Step, circle_in, publish_ladder
from portal.careers.operations.requirements import Asked, publish_requirements
from portal.careers.operations.starter import load_paths
from portal.careers.operations.steps import begin_certification, begin_course, begin_programme

__all__ = [
    "Asked",
    "Step",
    "add_claim",
    "begin_certification",
    "begin_course",
    "begin_programme",
    "circle_in",
    "decide_claim",
    "load_paths",
    "publish_ladder",
    "publish_requirements",
]
