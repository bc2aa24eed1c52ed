"""Bytes into blocks: knows file formats, not budgets. A file's type is known by its content."""

from .reading import MAX_BYTES, read_document

__all__ = ["MAX_BYTES", "read_document"]
