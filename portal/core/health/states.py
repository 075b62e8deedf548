"""How a part of the installation is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.states import State, Tone


class HealthState(State):
    """From good to bad."""

    GOOD = "good", _l("All is well"), Tone.OK, "check-circle"
    WATCH = "watch", _l("Worth a look"), Tone.WARN, "exclamation-triangle"
    BAD = "bad", _l("To be mended"), Tone.BAD, "x-circle"
