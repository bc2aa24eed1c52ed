"""Blocks into a Statement: knows budgets, not file formats and not the database."""

from .disclosure import parse_disclosure

__all__ = ["parse_disclosure"]
