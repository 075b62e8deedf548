"""Mail: written as rows of the request's transaction, sent by a worker, readable in the outbox."""

from portal.core.mail.attachments import Attachment
from portal.core.mail.composition import link
from portal.core.mail.operations import send

__all__ = ["Attachment", "link", "send"]
