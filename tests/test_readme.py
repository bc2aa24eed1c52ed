"""What the READMEs show is there, and small enough to be shown."""

import re

import pytest

from tests.texts import ROOT


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_picture_and_page_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    pictures = [path for path in linked if path.endswith(".png")]
    assert pictures
    assert [path for path in linked if not (ROOT / path).exists()] == []
    assert all((ROOT / path).stat().st_size < 300_000 for path in pictures)
