"""Facts of training that higher features answer to."""

from __future__ import annotations

from blinker import Signal

course_completed = Signal()
"""Somebody completed a course: ``completion`` and ``by`` are sent."""
