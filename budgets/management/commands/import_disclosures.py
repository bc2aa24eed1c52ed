"""Read in and register many files, with a progress bar and a report."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from budgets.actions.importing import Imported, import_files

SUFFIXES = frozenset(".docx .doc .rtf .pdf .xlsx .xls .html .htm .mht .mhtml .txt".split())
HEADINGS = ("文件", "结果", "披露", "版本", "数字", "未读", "不符", "提示", "说明", "秒")
RESULT_NAMES = {"new": "草稿", "known": "早已有", "published": "已登记公开",
                "withdrawn": "已撤回，跳过", "failed": "没有读入"}  # fmt: skip


class Command(BaseCommand):
    help = (
        "读入多份预算、决算（文件或文件夹，每个文件是一份披露）。可以中断，再运行一次接着做："
        "已有的文件跳过，上次没来得及公开的补上。一个文件读不了，不影响其他文件。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或文件夹")
        parser.add_argument("--publish", action="store_true", help="登记为已公开")
        parser.add_argument("--jobs", type=int, default=2, help="同时读几个文件（默认 2）")
        parser.add_argument("--report", type=Path, help="把结果写成 CSV")
        parser.add_argument("--jurisdiction", default="", help="文件没有写明时，属于哪个地区")

    def handle(self, **options: Any) -> None:
        files = sorted(_files(options["paths"]))
        if not files:
            raise CommandError("没有找到可以读入的文件。")
        imported = import_files(
            paths=files,
            by="system",
            publish=options["publish"],
            jobs=max(options["jobs"], 1),
            jurisdiction=options["jurisdiction"],
        )
        bar = tqdm(imported, total=len(files), unit="份", disable=not sys.stderr.isatty())
        counts = self._report(bar, options["report"])
        told = "，".join(f"{RESULT_NAMES[result]} {count} 份" for result, count in counts.items())
        self.stdout.write(f"共 {len(files)} 份：{told}。")
        if counts["failed"]:
            raise CommandError(f"{counts['failed']} 份没有读入。")

    def _report(self, imported: Any, path: Path | None) -> Counter[str]:
        """Tell each result as it comes, so that an interrupted run leaves what it did."""
        counts: Counter[str] = Counter()
        report = path.open("w", encoding="utf-8-sig", newline="") if path else None
        try:
            writer = csv.writer(report) if report else None
            if writer:
                writer.writerow(HEADINGS)
            for one in imported:
                counts[one.result] += 1
                if one.is_failed:
                    self.stderr.write(f"{one.file}：{one.message}")
                if writer and report:
                    writer.writerow([_guarded(cell) for cell in _row(one)])
                    report.flush()
        finally:
            if report:
                report.close()
        return counts


def _files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES]
        elif path.exists():
            found.append(path)
        else:
            raise CommandError(f"没有 {path} 这个文件或文件夹。")
    return found


def _row(one: Imported) -> list[object]:
    version = one.version
    if version is None:
        return [one.file, RESULT_NAMES[one.result], "", "", "", "", "", "", one.message,
                f"{one.seconds:.1f}"]  # fmt: skip
    results = Counter(version.check_results.values_list("result", flat=True))
    return [
        one.file, RESULT_NAMES[one.result], str(version.disclosure), version.number,
        version.figures.count(), len(version.unread), results["fail"], results["warning"], "",
        f"{one.seconds:.1f}",
    ]  # fmt: skip


def _guarded(cell: object) -> object:
    """Keep a spreadsheet from running what a file name or a department's text begins with."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@\t\r") else cell
