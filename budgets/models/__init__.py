"""What is stored. Only actions write (see tests/test_architecture.py)."""

from .audit import AuditEntry
from .disclosures import (
    CheckResult,
    Disclosure,
    DisclosureVersion,
    Figure,
    ProcurementItem,
    ProjectStatement,
    Section,
)
from .documents import DocumentContent, SourceDocument, VersionDocument
from .edits import Edit, ReviewComment
from .glossary import GlossaryDefinition, GlossaryTerm
from .ledger import LedgerEntry
from .memberships import Membership
from .organisations import Department, DepartmentName, DepartmentSlug, Jurisdiction, Unit
from .search import SearchEntry

__all__ = [
    "AuditEntry",
    "CheckResult",
    "Department",
    "DepartmentName",
    "DepartmentSlug",
    "Disclosure",
    "DisclosureVersion",
    "DocumentContent",
    "Edit",
    "Figure",
    "GlossaryDefinition",
    "GlossaryTerm",
    "Jurisdiction",
    "LedgerEntry",
    "Membership",
    "ProcurementItem",
    "ProjectStatement",
    "ReviewComment",
    "SearchEntry",
    "Section",
    "SourceDocument",
    "Unit",
    "VersionDocument",
]
