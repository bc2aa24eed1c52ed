"""`read_disclosure`: JSON on standard output, or one Chinese sentence and exit 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from budgets.statement import Statement
from tests.texts import SAMPLE, SECOND

# No database mark: any query would fail the test.


def run(capsys, *arguments: object) -> str:
    call_command("read_disclosure", *map(str, arguments))
    return capsys.readouterr().out


def test_prints_the_statement(capsys) -> None:
    told = json.loads(run(capsys, SAMPLE))
    statement = Statement.from_json(told)
    assert told["format"] == "mingzhang.statement/1"
    assert statement.department == "大连高新技术产业园区营商环境建设局"
    assert statement.checks
    assert set(statement.numbers) == {"figure", "item", "operand", "label", "unread"}
    assert "blocks" not in told


def test_pretty_is_for_people_and_says_the_same(capsys) -> None:
    plain, pretty = run(capsys, SAMPLE), run(capsys, SAMPLE, "--pretty")
    assert len(plain.splitlines()) == 1 < len(pretty.splitlines())
    assert json.loads(plain) == json.loads(pretty)
    assert "大连" in pretty


def test_blocks_are_those_that_sources_quote(capsys) -> None:
    told = json.loads(run(capsys, SAMPLE, "--blocks"))
    (blocks,) = told["blocks"]
    texts = {block["locator"]: block["text"] for block in blocks}
    for figure in told["figures"]:
        for place in figure["sources"]:
            assert texts[place["locator"]][place["start"] : place["end"]] == place["quote"]


def test_several_files_are_one_disclosure(capsys, tmp_path: Path) -> None:
    note = tmp_path / "补充.txt"
    note.write_text("补充说明", encoding="utf-8")
    told = json.loads(run(capsys, SECOND, note))
    assert [document["name"] for document in told["documents"]] == [SECOND.name, "补充.txt"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.txt", b""),
        ("二进制.txt", bytes(range(256)) * 20),
        ("诗.txt", "床前明月光，疑是地上霜。".encode()),
        ("坏.docx", b"PK\x03\x04broken"),
    ],
)
def test_what_cannot_be_read_exits_2_with_one_sentence(
    capsys, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SystemExit) as caught:
        run(capsys, tmp_path / name)
    told = capsys.readouterr()
    assert caught.value.code == 2
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.rstrip().endswith("。")


@pytest.mark.parametrize(("path", "told"), [("没有.txt", "找不到文件"), (".", "是文件夹")])
def test_a_path_that_is_no_file_exits_2(capsys, tmp_path: Path, path: str, told: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run(capsys, tmp_path / path)
    assert caught.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings_read_alike(capsys, tmp_path: Path, encoding: str) -> None:
    copy = tmp_path / SAMPLE.name
    copy.write_bytes(SAMPLE.read_text(encoding="utf-8").encode(encoding))
    told, expected = json.loads(run(capsys, copy)), json.loads(run(capsys, SAMPLE))
    del told["documents"], expected["documents"]
    assert told == expected
