"""Who may do what in hiring: rules about one row, without a query."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.hiring.models import Application, Requisition


def see_hiring(viewer: Viewer) -> bool:
    """HR, administrators and directors see all of hiring; managers see their own requisitions."""
    return viewer.has_role("hr", "admin", "executive", "manager")


def hire(viewer: Viewer) -> bool:
    """Write postings and read applications of the whole organisation."""
    return viewer.has_role("hr")


def work_on_requisition(viewer: Viewer, requisition: Requisition) -> bool:
    """HR, its hiring manager, and whoever leads its team."""
    return (
        hire(viewer)
        or viewer.person_id == requisition.hiring_manager_id
        or viewer.leads(requisition.team.path)
    )


def work_on(viewer: Viewer, application: Application) -> bool:
    """The same for an application."""
    return work_on_requisition(viewer, application.posting.requisition)
