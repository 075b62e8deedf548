"""The base of the enums that name what people are told."""

from __future__ import annotations

from portal.core.states import Labelled


class NoticeKind(Labelled):
    """Base of the features' enums; labels are sentences with ``%(named)s`` parameters.

    Values are unique in the whole portal: ``RECEIVED = "hiring.received", _l("%(who)s applied")``.
    """


def kind_of(value: str) -> NoticeKind | None:
    """The kind stored under a value, or ``None`` if no feature knows it (any more)."""
    for kinds in NoticeKind.__subclasses__():
        for kind in kinds:
            if kind.value == value:
                return kind
    return None
