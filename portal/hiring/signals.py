"""Facts of hiring that upper features act on."""

from __future__ import annotations

from blinker import signal

application_moved = signal("hiring.application-moved")
"""Sent with ``application=``, ``before=`` (its former stage) and ``by=`` after each move.

A receiver may refuse the move by raising ``Refused``.
"""

application_erased = signal("hiring.application-erased")
"""Sent with ``application=`` while its personal data is being erased."""
