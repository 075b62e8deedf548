"""Who may do what in hiring: rules about one row, without a query."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core.access import Viewer
from portal.hiring.models import Application, Posting, Requisition


def see_hiring(viewer: Account) -> bool:
    """HR, administrators, directors and managers, and whoever leads a team."""
    return viewer.has_role("hr", "admin", "executive", "manager") or bool(viewer.led_paths)


def hire(viewer: Viewer) -> bool:
    """HR: writes postings and reads the applications of the whole organisation."""
    return viewer.has_role("hr")


def open_requisition(viewer: Account) -> bool:
    """HR, managers and team leads may ask for head-count."""
    return viewer.has_role("hr", "manager") or bool(viewer.led_paths)


def work_on_requisition(viewer: Viewer, requisition: Requisition) -> bool:
    """HR, its hiring manager, and whoever leads its team."""
    return (
        hire(viewer)
        or viewer.person_id == requisition.hiring_manager_id
        or viewer.leads(requisition.team.path)
    )


def read_requisition(viewer: Viewer, requisition: Requisition) -> bool:
    """Those who work on it, directors, administrators, who asked for it and who must approve it."""
    return (
        viewer.has_role("hr", "admin", "executive")
        or viewer.id == requisition.created_by_id
        or work_on_requisition(viewer, requisition)
        or decide_step(viewer, requisition)
    )


def change_requisition(viewer: Viewer, requisition: Requisition) -> bool:
    """HR and who asked for it; also for sending it for approval and cancelling it."""
    return hire(viewer) or viewer.id == requisition.created_by_id


def decide_step(viewer: Viewer, requisition: Requisition) -> bool:
    """Whoever a step names; the operation says no out of turn and to one's own request."""
    return any(viewer.id in step.approver_ids for step in requisition.steps)


def compose_posting(viewer: Viewer, requisition: Requisition) -> bool:  # noqa: ARG001 - any
    """HR."""
    return hire(viewer)


def read_posting(viewer: Viewer, posting: Posting) -> bool:
    """Those who work on its requisition, directors and administrators."""
    return viewer.has_role("admin", "executive") or work_on_requisition(viewer, posting.requisition)


def change_posting(viewer: Viewer, posting: Posting) -> bool:  # noqa: ARG001 - any posting
    """HR; also for publishing, closing and fixing the screening criteria."""
    return hire(viewer)


def print_poster(viewer: Viewer, posting: Posting) -> bool:
    """Whoever works on its requisition: it says nothing that is not public."""
    return work_on_requisition(viewer, posting.requisition)


def work_on(viewer: Viewer, application: Application) -> bool:
    """HR, its requisition's hiring manager, and whoever leads its team; nobody on their own."""
    own = application.person_id == viewer.person_id
    return not own and work_on_requisition(viewer, application.posting.requisition)


def work_on_posting(viewer: Viewer, posting: Posting) -> bool:
    """Whoever works on its requisition sees its board and moves its applications."""
    return work_on_requisition(viewer, posting.requisition)


def search_candidates(viewer: Viewer) -> bool:
    """HR: candidates of every posting, with their addresses."""
    return hire(viewer)
