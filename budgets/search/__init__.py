"""Finding things: one entrance for every page, the same on SQLite and on PostgreSQL."""

from .highlight import Hit, Piece
from .query import Results, glossary_search, search
from .text import normalise

__all__ = ["Hit", "Piece", "Results", "glossary_search", "normalise", "search"]
