"""The audit: files of any number judged whole, each as it stands, and what is wrong with them told with a way out."""

from __future__ import annotations

from recruitment.audit.file_audit import FileAudit as FileAudit
from recruitment.audit.file_audit import audit_file as audit_file
