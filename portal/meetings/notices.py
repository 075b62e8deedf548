"""Who is told what about 1:1s: that they are, when and where; never what is talked about."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, write_to
from portal.core import i18n, inbox, invitations, mail
from portal.core.db import Words
from portal.meetings.models import Meeting, MeetingAction, MeetingSeries
from portal.meetings.states import MeetingState, SeriesState
from portal.people.models import Person


class MeetingNotice(inbox.NoticeKind):
    """Notices of 1:1s."""

    ASKED = "meetings.asked", _l("%(who)s would like to meet you regularly")
    ACCEPTED = "meetings.accepted", _l("%(who)s would like to meet you regularly, too")
    DECLINED = "meetings.declined", _l("%(who)s declined to meet regularly")
    STARTED = "meetings.started", _l("%(who)s set up regular 1:1s with you")
    ENDED = "meetings.ended", _l("Your 1:1s with %(who)s have ended")
    MOVED = "meetings.meeting_moved", _l("Your 1:1 with %(who)s was moved to %(day)s")
    CANCELLED = "meetings.meeting_cancelled", _l("Your 1:1 with %(who)s on %(day)s was cancelled")
    ACTION = "meetings.action", _l("%(who)s wrote down something for you to do")


def series_begun(series: MeetingSeries, *, by: Account) -> None:
    """Tell the other one that they meet from now on, or ask them."""
    asked = series.state is SeriesState.ASKED
    kind = MeetingNotice.ASKED if asked else MeetingNotice.STARTED
    _tell_of_series(series.other(by.person_id), kind, series)


def series_answered(series: MeetingSeries) -> None:
    """Tell who asked."""
    running = series.state is SeriesState.RUNNING
    kind = MeetingNotice.ACCEPTED if running else MeetingNotice.DECLINED
    _tell_of_series(series.host, kind, series)


def series_ended(series: MeetingSeries, *, by: Account | None) -> None:
    """Tell both, but not who ended it."""
    for reader in (series.host, series.guest):
        if by is None or reader.id != by.person_id:
            _tell_of_series(reader, MeetingNotice.ENDED, series)


def planned(meeting: Meeting) -> None:
    """Send both an entry for their calendars."""
    for reader in _two(meeting):
        _mail(reader, meeting, "planned")


def moved(meeting: Meeting, *, by: Account) -> None:
    """Change the entry in both calendars, and tell the other one."""
    for reader in _two(meeting):
        _mail(reader, meeting, "moved")
        if reader.id != by.person_id:
            _tell(reader, MeetingNotice.MOVED, meeting)


def cancelled(meeting: Meeting, *, by: Account | None) -> None:
    """Take the entry out of both calendars, and tell the other one."""
    for reader in _two(meeting):
        _mail(reader, meeting, "cancelled")
        if by is not None and reader.id != by.person_id:
            _tell(reader, MeetingNotice.CANCELLED, meeting)


def action_given(action: MeetingAction, *, by: Account) -> None:
    """Tell the owner that there is something, if the other one wrote it down."""
    if action.owner_id != by.person_id and (account := account_in_use(action.owner_id)):
        url = f"/meetings/{action.meeting_id}"
        inbox.tell(account.id, MeetingNotice.ACTION, url, who=by.display_name)


def _two(meeting: Meeting) -> tuple[Person, Person]:
    return meeting.series.host, meeting.series.guest


def _tell_of_series(reader: Person, kind: MeetingNotice, series: MeetingSeries) -> None:
    if account := account_in_use(reader.id):
        who = series.other(reader.id).display_name
        inbox.tell(account.id, kind, f"/meetings/series/{series.id}", who=who)


def _tell(reader: Person, kind: MeetingNotice, meeting: Meeting) -> None:
    if account := account_in_use(reader.id):
        who = meeting.series.other(reader.id).display_name
        day = _in_words(meeting, account.time_zone)
        inbox.tell(account.id, kind, f"/meetings/{meeting.id}", who=who, day=day)


def _in_words(meeting: Meeting, zone: str) -> Words:
    return i18n.in_each_language(lambda: i18n.datetime(meeting.starts_at, zone=zone))


def _mail(reader: Person, meeting: Meeting, kind: str) -> None:
    account = account_in_use(reader.id)
    if account is None:
        return
    other = meeting.series.other(reader.id).display_name
    with force_locale(account.language):
        entry = event(meeting, other)
    ics = invitations.calendar_object(entry, email=account.email, name=account.display_name)
    write_to(
        account,
        f"meetings/{kind}",
        key=f"meeting:{meeting.id}:{meeting.sequence}:{kind}:{account.id}",
        attachments=[mail.Attachment.calendar(ics, method=entry.method)],
        name=account.display_name,
        other=other,
        meeting=meeting,
        zones=list(dict.fromkeys([meeting.series.time_zone, account.time_zone])),
    )


def event(meeting: Meeting, other: str) -> invitations.Event:
    """The meeting as an entry in a calendar; ``other`` is whom its owner meets."""
    return invitations.Event(
        uid=meeting.uid,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=meeting.series.time_zone,
        summary=_("1:1 with %(who)s", who=other),
        place=meeting.place,
        cancelled=meeting.state is MeetingState.CANCELLED,
    )
