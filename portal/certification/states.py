"""How certificates expire, what they ask for, how they stand, and what the trail records."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class ExpiryMode(Labelled):
    """What the last valid day of an award is reckoned from."""

    NONE = "none", _l("Never expires")
    COMPLETION = "completion", _l("A period from the day of issue")
    PREVIOUS_EXPIRY = "previous_expiry", _l("A period from the previous expiry")
    FIXED = "fixed", _l("On a fixed date")
    MONTH_END = "month_end", _l("At the end of a month")
    YEAR_END = "year_end", _l("At the end of a calendar year")
    SEPARATION = "separation", _l("Some months after leaving")


class CriterionKind(Labelled):
    """What kind of proof a certification asks for."""

    EXAM = "exam", _l("Exam")
    EDUCATION = "education", _l("Education")
    EXPERIENCE = "experience", _l("Experience")
    ETHICS = "ethics", _l("Code of ethics")


class CertificationState(State):
    """Whether new awards are made."""

    IN_USE = "in_use", _l("In use"), Tone.OK, "check-lg"
    RETIRED = "retired", _l("Retired"), Tone.NEUTRAL, "archive"


class AwardSource(Labelled):
    """How an award came to be."""

    EARNED = "earned", _l("Earned here")
    UPLOADED = "uploaded", _l("Brought along")
    IMPORT = "import", _l("Import")


class Standing(State):
    """How one person stands with one certification on a day; derived, never stored."""

    NOT_STARTED = "not_started", _l("Not started"), Tone.NEUTRAL, "circle"
    IN_PROGRESS = "in_progress", _l("In progress"), Tone.INFO, "hourglass-split"
    AWAITING_CHECK = "awaiting_check", _l("Awaiting check"), Tone.INFO, "search"
    VALID = "valid", _l("Valid"), Tone.OK, "check-lg"
    WINDOW = "window", _l("Renewal open"), Tone.INFO, "arrow-repeat"
    EXPIRING = "expiring", _l("Expiring"), Tone.WARN, "clock"
    GRACE = "grace", _l("In grace"), Tone.WARN, "exclamation-triangle-fill"
    EXPIRED = "expired", _l("Expired"), Tone.BAD, "x-lg"
    REVOKED = "revoked", _l("Revoked"), Tone.BAD, "x-lg"
    SUPERSEDED = "superseded", _l("Replaced"), Tone.NEUTRAL, "archive"
    WAIVED = "waived", _l("Waived"), Tone.NEUTRAL, "slash-circle"


IN_FORCE = frozenset({Standing.VALID, Standing.WINDOW, Standing.EXPIRING, Standing.GRACE})
"""Standings under which an award holds good."""

SUFFICIENT = IN_FORCE | {Standing.WAIVED}
"""Standings under which a person may do what the certification is needed for."""


class Show(Labelled):
    """Kinds of standing a matrix can be narrowed to, beside each standing by itself."""

    IN_FORCE = "in_force", _l("In force")
    SOON = "soon", _l("Expires within 90 days")
    LACKING = "lacking", _l("Required and not in force")
    LAPSED = "lapsed", _l("Expired or revoked")
    MISSING = "missing", _l("Missing, past the deadline")
    NOT_DUE = "not_due", _l("Missing, not due yet")


class CertificationFact(Fact):
    """What the trail records of certification."""

    PUBLISHED = "certification.published", _l("Certification rule published")
    RETIRED = "certification.retired", _l("Certification retired")
    MANDATE_SET = "certification.mandate_set", _l("Certification made mandatory")
    MANDATE_ENDED = "certification.mandate_ended", _l("Mandatory certification ended")
    QUEUE_CHANGED = "certification.queue_changed", _l("Client queue changed")
    STARTED = "certification.started", _l("Certification started")
    GIVEN_UP = "certification.given_up", _l("Certification given up")
    EVIDENCE_GIVEN = "certification.evidence_given", _l("Evidence for a certification given")
    AWARDED = "certification.awarded", _l("Certificate awarded")
    CHECKED = "certification.checked", _l("Certificate checked")
    REVOKED = "certification.revoked", _l("Certificate revoked")
    LAPSE_NOTED = "certification.lapse_noted", _l("Certificate lapses after leaving")
    RETURN_NOTED = "certification.return_noted", _l("Holder of a certificate returned")
    WAIVED = "certification.waived", _l("Certification waived")
    WAIVER_ENDED = "certification.waiver_ended", _l("Waiver ended")
    EVIDENCE_READ = "certification.read", _l("Evidence of a certificate opened")
    BADGE_ISSUED = "certification.badge_issued", _l("Digital badge issued")
    BADGE_WITHDRAWN = "certification.badge_withdrawn", _l("Digital badge withdrawn")
    CERTIFICATE_ISSUED = "certification.certificate_issued", _l("Certificate printed")
    KEY_MADE = "certification.key_made", _l("Signing key of badges made")
    KEY_ROTATED = "certification.key_rotated", _l("Signing key of badges changed")
