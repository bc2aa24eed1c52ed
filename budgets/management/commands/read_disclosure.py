"""Print what the files of one disclosure say as JSON, without touching the database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from budgets.actions.parsing_sandbox import parse_in_sandbox
from budgets.documents.blocks import UnreadableDocument
from budgets.documents.sandbox import read_in_sandbox
from budgets.statement import encode


class Command(BaseCommand):
    help = "读取一份预算或决算公开的文件，以 JSON 输出读到的内容；不写数据库。"
    # Exit 0 when it was read, 2 with one sentence on standard error when it cannot be.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="同一份公开的文件")
        parser.add_argument("--pretty", action="store_true", help="缩进输出，便于人看")
        parser.add_argument("--blocks", action="store_true", help="附上各文件的文字块")

    def handle(self, *, files: list[Path], pretty: bool, blocks: bool, **options: Any) -> None:
        try:
            documents = [read_in_sandbox(file.name, _read_bytes(file)) for file in files]
            statement = parse_in_sandbox(documents)
        except UnreadableDocument as error:
            self.stderr.write(str(error))
            sys.exit(2)
        told = statement.to_json()
        if blocks:
            told["blocks"] = [encode(document.blocks) for document in documents]
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2 if pretty else None))


def _read_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(f"找不到文件“{file}”，请核对路径。") from error
    except IsADirectoryError as error:
        raise UnreadableDocument(f"“{file}”是文件夹，请指明里面的文件。") from error
    except OSError as error:
        raise UnreadableDocument(f"打不开文件“{file}”（{error.strerror}）。") from error
