"""Register the sample disclosure through the same actions that every file goes through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from budgets.actions.intake import take_in
from budgets.actions.publishing import register
from budgets.models import DisclosureVersion

SAMPLE = Path(__file__).parents[2] / "samples" / "dalian-gxq-yingshangju-2024.txt"


class Command(BaseCommand):
    help = "读入并登记示例：大连高新技术产业园区营商环境建设局 2024 年部门预算。可重复运行。"

    def handle(self, **options: Any) -> None:
        result = take_in(
            files=[(SAMPLE.name, SAMPLE.read_bytes())],
            by="system",
            origin=DisclosureVersion.Origin.REGISTERED,
        )
        version = result.version
        if version.status != DisclosureVersion.Status.DRAFT:
            self.stdout.write(f"示例早已登记：{_describe(version)}，没有改动。")
            return
        version = register(version=version, by="system")
        self.stdout.write(self.style.SUCCESS(f"已登记示例：{_describe(version)}。"))


def _describe(version: DisclosureVersion) -> str:
    counts = (
        f"{version.figures.count()} 个数字、{version.procurement_items.count()} 个采购项目、"
        f"{version.definitions.count()} 条名词解释、{version.check_results.count()} 项核对"
    )
    return f"{version}（{counts}），见 {version.disclosure.get_absolute_url()}"
