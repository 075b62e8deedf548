"""Papers of certification."""

from portal.certification.documents.certificate import issue_certificate
from portal.certification.documents.compliance import issue_compliance_report

__all__ = ["issue_certificate", "issue_compliance_report"]
