"""What is asked of metrics, as selects."""

from portal.metrics.queries.definitions import (
    has_figures,
    metric_with_key,
    metrics,
    metrics_in_use,
    targets_listed,
    targets_of,
    versions_of,
)
from portal.metrics.queries.figures import (
    People,
    chain_of,
    current,
    current_of,
    figures_of_person,
    latest_period,
    latest_values,
    summaries,
    summary,
    together,
    together_by_period,
    values_known,
)
from portal.metrics.queries.imports import (
    imports_listed,
    imports_undone,
    newest_of,
    written_by_import,
)
from portal.metrics.queries.people import (
    employments_in,
    people_in_report,
    visible_to,
)

__all__ = [
    "People",
    "chain_of",
    "current",
    "current_of",
    "employments_in",
    "figures_of_person",
    "has_figures",
    "imports_listed",
    "imports_undone",
    "latest_period",
    "latest_values",
    "metric_with_key",
    "metrics",
    "metrics_in_use",
    "newest_of",
    "people_in_report",
    "summaries",
    "summary",
    "targets_listed",
    "targets_of",
    "together",
    "together_by_period",
    "values_known",
    "versions_of",
    "visible_to",
    "written_by_import",
]
