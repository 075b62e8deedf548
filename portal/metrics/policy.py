"""Who sees which figures, and who keeps metrics: rules about one row, without a query."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.core.imports import SheetImport
from portal.metrics.models import Metric, MetricTarget, MetricValue
from portal.people.models import Person
from portal.people.policy import answers_for

IMPORT_KIND = "metric_values"


def sees_all(viewer: Viewer) -> bool:
    """HR and directors see every figure."""
    return viewer.has_role("hr", "executive")


def see_team_metrics(viewer: Viewer) -> bool:
    """The report over people: HR, directors, managers and leads; narrowed to whom they lead."""
    return sees_all(viewer) or viewer.has_role("manager") or bool(getattr(viewer, "led_paths", ()))


def see_metrics(viewer: Viewer, person: Person) -> bool:
    """The figures of one person: the person, those above them, HR and directors; no peer."""
    return viewer.person_id == person.id or sees_all(viewer) or answers_for(viewer, person)


def see_metric(viewer: Viewer, metric: Metric) -> bool:  # noqa: ARG001 - any metric
    """What a metric means: everyone who works here."""
    return viewer.is_authenticated


def keep_metrics(viewer: Viewer) -> bool:
    """HR keeps definitions, targets and figures."""
    return viewer.has_role("hr")


def keep_metric(viewer: Viewer, metric: Metric) -> bool:  # noqa: ARG001 - any metric
    """Publish a version of a metric, retire it, set its targets: HR."""
    return keep_metrics(viewer)


def end_target(viewer: Viewer, target: MetricTarget) -> bool:  # noqa: ARG001 - any target
    """End a target: HR."""
    return keep_metrics(viewer)


def correct_value(viewer: Viewer, value: MetricValue) -> bool:
    """Correct a figure: HR, but nobody their own."""
    return keep_metrics(viewer) and viewer.person_id != value.person_id


def see_import(viewer: Viewer, sheet_import: SheetImport) -> bool:
    """Look at a table of figures, import it, undo it: HR."""
    return sheet_import.kind == IMPORT_KIND and keep_metrics(viewer)


def see_value(viewer: Viewer, value: MetricValue) -> bool:
    """All that was recorded of one figure: whoever sees the person's figures."""
    return see_metrics(viewer, value.person)
