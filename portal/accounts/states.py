"""States of an account, the roles it can hold, and what is recorded of it."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class AccountState(State):
    """Whether an account may be used."""

    INVITED = "invited", _l("Invited"), Tone.INFO, "envelope"
    ACTIVE = "active", _l("Active"), Tone.OK, "check-circle"
    CLOSED = "closed", _l("Closed"), Tone.NEUTRAL, "slash-circle"


class AccountRole(Labelled):
    """What an account may do beyond its own affairs; team leads are known by the team they lead."""

    ADMIN = "admin", _l("Administrator")
    HR = "hr", _l("HR")
    EXECUTIVE = "executive", _l("Director")
    MANAGER = "manager", _l("Manager")
    INTERVIEWER = "interviewer", _l("Interviewer")
    PLANNER = "planner", _l("Succession planner")


class LinkPurpose(Labelled):
    """What a single-use link is for."""

    INVITATION = "invitation", _l("Invitation")
    RESET = "reset", _l("Password reset")


class AccountFact(Fact):
    """What the trail records of accounts."""

    INVITED = "account.invited", _l("Account invited")
    PASSWORD_SET = "account.password_set", _l("Password set")
    SIGNED_IN = "account.signed_in", _l("Signed in")
    SIGNED_OUT = "account.signed_out", _l("Signed out")
    SESSION_REVOKED = "account.session_revoked", _l("Session ended")
    RESET_ASKED = "account.reset_asked", _l("Password reset asked for")
    ROLES_CHANGED = "account.roles_changed", _l("Roles changed")
    LANGUAGE_CHANGED = "account.language_changed", _l("Language changed")
    TIME_ZONE_CHANGED = "account.time_zone_changed", _l("Time zone changed")
    CLOSED = "account.closed", _l("Account closed")
    REOPENED = "account.reopened", _l("Account opened again")
    VIEW_SAVED = "view.saved", _l("View of a list saved")
    VIEW_REMOVED = "view.removed", _l("View of a list removed")
    CALENDAR_MADE = "account.calendar_made", _l("Calendar address made")
    CALENDAR_STOPPED = "account.calendar_stopped", _l("Calendar address stopped")
