"""Papers of certification."""

from portal.certification.documents.certificate import issue_certificate

__all__ = ["issue_certificate"]
