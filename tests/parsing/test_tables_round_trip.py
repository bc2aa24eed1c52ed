"""A Statement written as tables, in many forms, and read back: the same figures.

The forms vary after VARIETY: names and order of the tables, order of the columns, 元 or 万元,
codes in one cell or three, 合计 first or last, numbering of the lines, Word or blocks.
"""

from __future__ import annotations

import io
import random
from decimal import Decimal

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.documents.blocks import Document, Table
from budgets.documents.docx import read_docx
from budgets.parsing import parse_disclosure
from budgets.statement import Dimensions, Figure, Statement
from tests.grid_blocks import document_of, table_of

PATHS = (
    ("201", "一般公共服务支出", "20126", "档案事务", "2012601", "行政运行"),
    ("205", "教育支出", "20502", "普通教育", "2050203", "初中教育"),
    ("208", "社会保障和就业支出", "20805", "行政事业单位养老支出", "2080501", "行政单位离退休"),
    ("221", "住房保障支出", "22102", "住房改革支出", "2210201", "住房公积金"),
)
ECONOMIC = (
    ("301", "工资福利支出"),
    ("30101", "基本工资"),
    ("302", "商品和服务支出"),
    ("30201", "办公费"),
    ("303", "对个人和家庭的补助"),
)
REVENUE = (
    ("revenue.appropriation", ("财政拨款收入", "财政拨款")),
    ("revenue.special_account", ("财政专户管理资金收入", "财政专户管理资金")),
    ("revenue.institution", ("事业收入",)),
    ("revenue.business", ("事业单位经营收入", "经营收入")),
    ("revenue.other", ("其他收入",)),
    ("revenue.current", ("本年收入合计", "本年收入")),
    ("revenue.carried_forward", ("上年结转", "上年结转结余", "年初结转和结余")),
    ("revenue.total", ("收入总计",)),
)
CLOSING = (
    ("expenditure.current", ("本年支出合计",)),
    ("expenditure.carried_over", ("结转下年", "年末结转和结余", "年终结转结余")),
    ("expenditure.total", ("支出总计",)),
)
COLUMNS = (
    ("expenditure.current", ("合计", "本年支出合计")),
    ("expenditure.basic", ("基本支出",)),
    ("expenditure.project", ("项目支出",)),
    ("expenditure.business", ("经营支出", "事业单位经营支出")),
)
BASIC = (
    ("expenditure.basic", ("合计", "小计")),
    ("expenditure.basic.personnel", ("人员经费",)),
    ("expenditure.basic.operating", ("公用经费", "日常公用经费")),
)
THREE = (
    ("three_public.total", ("合计", "“三公”经费合计")),
    ("three_public.abroad", ("因公出国（境）费", "因公出国（境）费用")),
    ("three_public.vehicles", ("公务用车购置及运行费", "公务用车购置及运行维护费")),
    ("three_public.vehicles.purchase", ("公务用车购置费",)),
    ("three_public.vehicles.operation", ("公务用车运行费", "公务用车运行维护费")),
    ("three_public.reception", ("公务接待费",)),
)
TITLES = {
    "summary": ("部门收支总表", "收支预算总表", "部门财务收支预算总表", "收支总体情况表"),
    "expenditure": ("部门支出总表", "支出预算总表", "支出总体情况表", "支出预算情况表"),
    "basic": ("一般公共预算基本支出表", "一般公共预算基本支出部门预算经济分类预算表"),
    "three": ("一般公共预算“三公”经费支出表", "一般公共预算“三公”经费支出情况表"),
}
AMOUNTS = st.none() | st.decimals(0, 10**10, places=2)


@st.composite
def statements(draw) -> Statement:
    """Draw what the four tables can hold; an amount of None is a cell left empty."""
    figures: list[Figure] = []

    def add(concept: str, **dimensions: str | None) -> None:
        amount = draw(AMOUNTS)
        if amount is not None:
            figures.append(Figure(concept=concept, amount=amount, **dimensions))

    paths = draw(st.lists(st.sampled_from(PATHS), min_size=1, unique=True))
    for path in paths:
        for code in path[::2]:
            for concept, _ in COLUMNS:
                add(concept, functional=code)
    for concept, _ in (*REVENUE, *CLOSING, *COLUMNS[1:]):
        add(concept)
    for code in (None, *(code for code, _ in ECONOMIC)):
        for concept, _ in BASIC:
            add(concept, economic=code, fund="general_public")
    for concept, _ in THREE:
        add(concept, fund="general_public")
    # A table that names its unit and a document without any number are other tests' matter.
    figures.append(Figure(concept="revenue.superior_subsidy", amount=Decimal("1.00")))
    return Statement(department="北海区民政局", fiscal_year=2024, figures=sorted_(figures))


def sorted_(figures: list[Figure]) -> list[Figure]:
    return sorted(figures, key=lambda f: str(f.dimensions))


class Writer:
    """Writes a Statement in one of many forms, chosen by `form`."""

    def __init__(self, statement: Statement, form: random.Random) -> None:
        self.amounts = {f.dimensions: f.amount for f in statement.figures}
        self.form = form

    def pick(self, names: tuple[str, ...]) -> str:
        return self.form.choice(names)

    def blocks(self) -> list[str | Table]:
        """Return each table below its title and unit, in any order."""
        written: list[list[str | Table]] = []
        for number, kind in enumerate(TITLES, start=1):
            self.unit = self.pick(("元", "万元"))
            title = self.pick(TITLES[kind])
            rows = getattr(self, f"write_{kind}")()
            written.append(self.headed(title, rows, number))
        self.form.shuffle(written)
        return [block for blocks in written for block in blocks]

    def headed(self, title: str, rows: list[list[str]], number: int) -> list[str | Table]:
        """Put title and unit above the table or into its first rows."""
        if self.form.random() < 0.3:
            width = len(rows[0])
            head = [[title, *["<"] * (width - 1)], [f"单位：{self.unit}", *["<"] * (width - 1)]]
            return ["", table_of([*head, *rows], number=number)]
        lines = [title, f"单位：{self.unit}"]
        if self.form.random() < 0.3:
            lines = [f"表{number}", title, "公开01表", f"部门：民政局  单位：{self.unit}"]
        return [*lines, table_of(rows, number=number)]

    def cell(self, concept: str, **dimensions: str | None) -> str:
        amount = self.amounts.get(Dimensions(concept=concept, **dimensions))
        if amount is None:
            return self.pick(("", "—", "-"))
        scaled = amount / (10_000 if self.unit == "万元" else 1)
        return self.pick((f"{scaled:f}", f"{scaled:,f}"))

    def total(self) -> str:
        return self.pick(("合计", "合 计", "总计"))

    def write_summary(self) -> list[list[str]]:
        """Write 收支总表: sources and classes side by side, each line with its number or none."""
        numbers = self.form.random() < 0.6
        left = [(self.pick(names), self.cell(concept)) for concept, names in REVENUE]
        left.insert(3, ("上级补助收入", self.cell("revenue.superior_subsidy")))
        right = [
            (name, self.cell("expenditure.current", functional=code))
            for code, name, *_ in PATHS
            if Dimensions(concept="expenditure.current", functional=code) in self.amounts
        ]
        right += [(self.pick(names), self.cell(concept)) for concept, names in CLOSING]
        digits = "一二三四五六七八九十"
        rows = []
        for line in range(max(len(left), len(right))):
            row: list[str] = []
            for side in (left, right):
                label, amount = side[line] if line < len(side) else ("", "")
                plain = not numbers or not label or label.endswith(("合计", "总计"))
                row += [label if plain else f"{digits[line]}、{label}", amount]
            rows.append(row)
        heading = self.pick(("预算数", "本年预算", "2024年预算数", "金额"))
        return [["收入", "<", "支出", "<"], ["项目", heading] * 2, *rows]

    def code_rows(self, codes: list[tuple[str, str]], columns: list) -> list[list[str]]:
        """Write a row for each code, in one cell or three, and the row of the whole."""
        split = self.form.random() < 0.5
        head, body = columns
        rows = []
        for code, name in codes:
            parts = [code[:3], code[3:5], code[5:]] if split else [code]
            rows.append([*parts, name, *body(code)])
        whole = [self.total(), *["<"] * (len(rows[0]) - len(head) - 1), *body(None)]
        rows.insert(self.form.choice((0, len(rows))), whole)
        if split:
            return [
                ["科目编码", "<", "<", "科目名称", *head],
                ["类", "款", "项", "^", *["^"] * len(head)],
                *rows,
            ]
        return [["科目编码", self.pick(("科目名称", "功能科目名称")), *head], *rows]

    def columns(self, available, fund: str | None, key: str):
        order = list(available)
        self.form.shuffle(order)
        head = [self.pick(names) for _, names in order]

        def body(code: str | None) -> list[str]:
            return [self.cell(concept, fund=fund, **{key: code}) for concept, _ in order]

        return head, body

    def write_expenditure(self) -> list[list[str]]:
        codes = [
            (code, name) for path in PATHS for code, name in zip(path[::2], path[1::2], strict=True)
        ]
        return self.code_rows(codes, self.columns(COLUMNS, None, "functional"))

    def write_basic(self) -> list[list[str]]:
        return self.code_rows(list(ECONOMIC), self.columns(BASIC, "general_public", "economic"))

    def write_three(self) -> list[list[str]]:
        """Write “三公” in one row of columns or in a line for each part."""
        order = list(THREE)
        parts = [
            (self.pick(names), self.cell(concept, fund="general_public"))
            for concept, names in order
        ]
        if self.form.random() < 0.5:
            return [["项目", "预算数"], *([label, amount] for label, amount in parts)]
        self.form.shuffle(parts)
        return [[label for label, _ in parts], [amount for _, amount in parts]]


def as_word(blocks: list[str | Table], title: str) -> Document:
    """Return the blocks written as a Word file and read from it."""
    word = docx.Document()
    word.add_paragraph(title)
    for block in blocks:
        if isinstance(block, str):
            word.add_paragraph(block)
            continue
        height = max(cell.row + cell.row_span for cell in block.cells)
        width = max(cell.column + cell.column_span for cell in block.cells)
        drawn = word.add_table(height, width)
        for cell in block.cells:
            last = drawn.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
            drawn.cell(cell.row, cell.column).merge(last).text = cell.text
    data = io.BytesIO()
    word.save(data)
    return Document(
        name="表.docx", sha256="0" * 64, media_type="x", blocks=read_docx(data.getvalue())
    )


def essence(figures: list[Figure]) -> list[tuple[Dimensions, Decimal | None, str, str]]:
    valued = [figure for figure in figures if figure.state != "blank"]
    return [(f.dimensions, f.amount, f.unit, f.state) for f in sorted_(valued)]


def check(statement: Statement, form: random.Random, *, word: bool) -> None:
    blocks = Writer(statement, form).blocks()
    title = "北海区民政局2024年部门预算"
    document = as_word(blocks, title) if word else document_of(*blocks, title=title)
    found = parse_disclosure([document])
    assert essence(found.figures) == essence(statement.figures)


@settings(max_examples=60, deadline=None)
@given(statements(), st.integers(0, 10**6))
def test_statement_written_as_tables_reads_back(statement, seed):
    check(statement, random.Random(seed), word=False)


@settings(max_examples=8, deadline=None)
@given(statements(), st.integers(0, 10**6))
def test_statement_written_as_a_word_file_reads_back(statement, seed):
    check(statement, random.Random(seed), word=True)
