"""Texts for tests: the sample, a second disclosure of its shape, documents from a string."""

import hashlib
from pathlib import Path

from budgets.documents.blocks import Document, Paragraph

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "budgets" / "samples" / "dalian-gxq-yingshangju-2024.txt"
SECOND = ROOT / "tests" / "samples" / "binhai-wenlvju-2025.txt"
SHARED = ROOT.parent / "shared"


def text_document(text: str, name: str = "预算.txt") -> Document:
    """Return what the text reader makes of a text: one paragraph a line."""
    return Document(
        name=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        blocks=[
            Paragraph(locator=f"¶{number}", text=line)
            for number, line in enumerate(text.split("\n"), start=1)
        ],
    )


def disclosure(*sections: str, title: str = "滨海市东港区财政局\n2024年部门预算") -> str:
    """Return the text of a small disclosure: a title, then sections as given."""
    return "\n".join((title, *sections))
