"""What is done with metrics: definitions, targets, figures, imports."""

from portal.metrics.operations.definition import (
    Terms,
    publish_metric,
    resume_metric,
    retire_metric,
)
from portal.metrics.operations.imports import (
    import_values,
    preview_values,
    undo_import,
)
from portal.metrics.operations.starter import load_metrics
from portal.metrics.operations.target import Aim, end_target, set_target
from portal.metrics.operations.value import (
    Figure,
    correct_value,
    record_values,
    take_back_value,
)

__all__ = [
    "Aim",
    "Figure",
    "Terms",
    "correct_value",
    "end_target",
    "import_values",
    "load_metrics",
    "preview_values",
    "publish_metric",
    "record_values",
    "resume_metric",
    "retire_metric",
    "set_target",
    "take_back_value",
    "undo_import",
]
