"""Old Word files: through LibreOffice where it is installed, else refused with advice."""

import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from budgets.documents import office, read_document
from budgets.documents.blocks import Cell, Paragraph, Table, UnreadableDocument
from budgets.documents.media_types import DOC, RTF
from budgets.documents.sandbox import read_in_sandbox

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_WORD = OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    office._without_network.cache_clear()
    yield folder
    office._without_network.cache_clear()


def write_program(folder, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
    program.chmod(0o755)


@pytest.mark.parametrize("read", [read_document, read_in_sandbox])
def test_without_libreoffice_there_is_advice(read, programs):
    with pytest.raises(UnreadableDocument) as refused:
        read("预算.doc", OLD_WORD)
    assert str(refused.value) == (
        "“预算.doc”：旧版 Word 文件（.doc、.rtf）在这台服务器上不能读取。"
        "请在 Word 或 WPS 中另存为 .docx 再上传。"
    )


def test_a_converter_that_hangs_is_ended_with_what_it_started(programs, monkeypatch, tmp_path):
    pid_file = tmp_path / "pid"
    write_program(programs, f"sleep 600 & echo $! > {pid_file}; wait")
    monkeypatch.setattr(office, "_SECONDS", 1)
    with pytest.raises(UnreadableDocument, match="转换超时"):
        read_in_sandbox("预算.doc", OLD_WORD)
    with pytest.raises(ProcessLookupError):
        _wait_for_end(int(pid_file.read_text()))


def _wait_for_end(pid: int) -> None:
    for _ in range(100):
        os.kill(pid, 0)
        if f"{pid} (sleep) Z" in Path(f"/proc/{pid}/stat").read_text():
            raise ProcessLookupError
        subprocess.run(["/bin/sleep", "0.02"], check=True)


def test_a_converter_that_fails_is_told(programs):
    write_program(programs, "exit 1")
    with pytest.raises(UnreadableDocument, match="打不开，可能已损坏或设有密码"):
        read_in_sandbox("预算.doc", OLD_WORD)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("suffix", "kind", "media_type"),
    [("doc", "doc:MS Word 97", DOC), ("rtf", "rtf:Rich Text Format", RTF)],
)
def test_a_real_old_file_is_read(suffix, kind, media_type, tmp_path):
    document = docx.Document()
    document.add_paragraph("收入100.00万元。")
    table = document.add_table(1, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "项目", "预算数"
    document.add_paragraph("尾")
    document.save(tmp_path / "new.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path]
    command.append(tmp_path / "new.docx")
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = read_in_sandbox(f"旧.{suffix}", (tmp_path / f"new.{suffix}").read_bytes())
    assert (read.name, read.media_type) == (f"旧.{suffix}", media_type)
    assert [block for block in read.blocks if not isinstance(block, Paragraph) or block.text] == [
        Paragraph(locator="¶1", text="收入100.00万元。"),
        Table(
            locator="t1",
            cells=[
                Cell(locator="t1 r1 c1", text="项目", row=0, column=0),
                Cell(locator="t1 r1 c2", text="预算数", row=0, column=1),
            ],
        ),
        Paragraph(locator="¶2", text="尾"),
    ]
