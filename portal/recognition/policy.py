"""Who may read, write and hide thanks: rules about one row, without a query."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.people import policy as people
from portal.people.models import Person
from portal.recognition.models import OrganisationValue, Thanks


def keep_values(viewer: Viewer) -> bool:
    """HR keeps the organisation's values."""
    return viewer.has_role("hr")


def change_value(viewer: Viewer, value: OrganisationValue) -> bool:  # noqa: ARG001 - any value
    """Word a value anew, retire it, take it back into use: HR."""
    return keep_values(viewer)


def export_thanks(viewer: Viewer) -> bool:
    """Download the wall: HR."""
    return viewer.has_role("hr")


def see_thanks(viewer: Viewer, thanks: Thanks) -> bool:
    """The writer; what is shown in public everyone, in private those thanked and their managers.

    HR also sees what it has hidden from the public. What is withdrawn nobody sees.
    """
    if thanks.withdrawn_at is not None:
        return False
    if viewer.person_id == thanks.writer_id:
        return True
    if thanks.hidden_at is not None:
        return thanks.is_public and viewer.has_role("hr")
    if thanks.is_public:
        return viewer.is_authenticated
    return thanks.is_for(viewer.person_id) or any(
        people.answers_for(viewer, one.person) for one in thanks.receivers
    )


def clap_thanks(viewer: Viewer, thanks: Thanks) -> bool:
    """Whoever reads it, but for the writer and those thanked."""
    own = viewer.person_id == thanks.writer_id or thanks.is_for(viewer.person_id)
    return thanks.is_shown and not own and see_thanks(viewer, thanks)


def change_thanks(viewer: Viewer, thanks: Thanks) -> bool:
    """The writer, as long as it is shown."""
    return thanks.is_shown and viewer.person_id == thanks.writer_id


withdraw_thanks = change_thanks


def hide_thanks(viewer: Viewer, thanks: Thanks) -> bool:
    """HR, what everyone can read."""
    return thanks.is_shown and thanks.is_public and viewer.has_role("hr")


def see_received(viewer: Viewer, person: Person) -> bool:
    """Even the private thanks somebody got: they themself and whoever answers for them."""
    return viewer.person_id == person.id or people.answers_for(viewer, person)
