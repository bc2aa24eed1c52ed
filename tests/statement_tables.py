"""A Statement drawn at random and written as the standard tables, in the forms of many regions.

`Writer` asks for each cell by its dimensions, so one amount stands the same in every table that
can hold it. The forms vary after VARIETY: names and order of the tables, order of the columns,
元 or 万元, blank or 0.00, codes in one cell or three, 合计 first or last, one to three header rows.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from budgets.documents.blocks import Table
from budgets.statement import Dimensions, Figure, ProjectRow, Statement
from tests.grid_blocks import table_of

PATHS = (
    ("201", "一般公共服务支出", "20126", "档案事务", "2012601", "行政运行"),
    ("205", "教育支出", "20502", "普通教育", "2050203", "初中教育"),
    (
        "212",
        "城乡社区支出",
        "21208",
        "国有土地使用权出让收入安排的支出",
        "2120804",
        "农村社会事业支出",
    ),
    ("221", "住房保障支出", "22102", "住房改革支出", "2210201", "住房公积金"),
)
CODES = [(code, name) for path in PATHS for code, name in zip(path[::2], path[1::2], strict=True)]
ECONOMIC = [
    ("301", "工资福利支出"),
    ("30101", "基本工资"),
    ("302", "商品和服务支出"),
    ("30201", "办公费"),
    ("303", "对个人和家庭的补助"),
]
FUNDS = {
    "general_public": ("一般公共预算拨款", "一般公共预算", "一般公共预算财政拨款"),
    "government_fund": ("政府性基金预算拨款", "政府性基金预算", "政府性基金预算财政拨款"),
    "state_capital": ("国有资本经营预算拨款", "国有资本经营预算", "国有资本经营预算财政拨款"),
}
REVENUE = (
    ("revenue.appropriation", ("财政拨款收入", "财政拨款")),
    ("revenue.special_account", ("财政专户管理资金收入", "财政专户管理资金")),
    ("revenue.institution", ("事业收入",)),
    ("revenue.business", ("事业单位经营收入", "经营收入")),
    ("revenue.superior_subsidy", ("上级补助收入",)),
    ("revenue.other", ("其他收入",)),
    ("revenue.current", ("本年收入合计",)),
    ("revenue.surplus_used", ("使用非财政拨款结余", "用事业基金弥补收支差额")),
    ("revenue.carried_forward", ("上年结转", "上年结转结余", "年初结转和结余")),
    ("revenue.total", ("收入总计",)),
)
CLOSING = (
    ("expenditure.current", ("本年支出合计",)),
    ("expenditure.surplus_distribution", ("结余分配",)),
    ("expenditure.carried_over", ("结转下年", "年末结转和结余", "年终结转结余")),
    ("expenditure.total", ("支出总计",)),
)
THREE = (
    ("three_public.total", ("合计", "“三公”经费合计")),
    ("three_public.abroad", ("因公出国（境）费", "因公出国（境）费用")),
    ("three_public.vehicles", ("公务用车购置及运行费", "公务用车购置及运行维护费")),
    ("three_public.vehicles.purchase", ("公务用车购置费",)),
    ("three_public.vehicles.operation", ("公务用车运行费", "公务用车运行维护费")),
    ("three_public.reception", ("公务接待费",)),
)
PROJECTS = ("档案数字化", "社区食堂建设", "2024年校舍维修")

# kind → names in budgets, names in final accounts
TITLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "department_summary": (
        ("部门收支总表", "收支预算总表", "部门财务收支预算总表", "部门收支总体情况表"),
        ("收入支出决算总表", "部门收入支出决算总表"),
    ),
    "department_revenue": (
        ("部门收入总表", "收入预算总表", "收入总体情况表", "收入预算情况表"),
        ("收入决算表", "部门收入决算表"),
    ),
    "department_expenditure": (
        ("部门支出总表", "支出预算总表", "支出总体情况表", "支出预算情况表"),
        ("支出决算表", "部门支出决算表"),
    ),
    "appropriation_summary": (
        ("财政拨款收支总表", "财政拨款收支预算总表", "财政拨款收支总体情况表"),
        ("财政拨款收入支出决算总表",),
    ),
    "general_public_expenditure": (
        ("一般公共预算支出表", "一般公共预算支出情况表", "一般公共预算支出功能分类预算表"),
        ("一般公共预算财政拨款支出决算表",),
    ),
    "general_public_basic": (
        ("一般公共预算基本支出表", "一般公共预算基本支出部门预算经济分类预算表"),
        ("一般公共预算财政拨款基本支出决算表",),
    ),
    "three_public": (
        ("一般公共预算“三公”经费支出表", "一般公共预算“三公”经费和机关运行经费预算表"),
        ("一般公共预算财政拨款“三公”经费支出决算表",),
    ),
    "government_fund_expenditure": (
        ("政府性基金预算支出表", "政府性基金预算支出情况表"),
        ("政府性基金预算财政拨款收入支出决算表",),
    ),
    "state_capital_expenditure": (
        ("国有资本经营预算支出表", "国有资本经营预算支出预算表"),
        ("国有资本经营预算财政拨款支出决算表",),
    ),
    "special_account_expenditure": (("财政专户管理资金支出预算表",), ()),
    "project_expenditure": (("项目支出表", "项目支出预算表", "部门项目支出预算表"), ()),
    "procurement": (("政府采购预算表", "部门政府采购预算明细表"), ()),
}
EMPTY_NOTES = ("注：本单位没有此项支出，本表为空表。", "说明：本表无数据。")
Rows = list[list[str]]
Columns = list[tuple[str, Dimensions]]


class Writer:
    """Writes the amounts of a stage as tables in one of many forms, chosen by `form`."""

    def __init__(self, stage: str, amount_of: Callable[[Dimensions], Decimal | None], seed: int):
        self.is_final = stage == "final_accounts"
        self.own = "final" if self.is_final else "budget"
        self.amount_of = amount_of
        self.form = random.Random(seed)
        self.unit = "元"

    # ── the whole ─────────────────────────────────────────────────────────────

    def blocks(self) -> list[str | Table]:
        """Return each table below its title and unit, in any order."""
        kinds = [kind for kind, names in TITLES.items() if names[self.is_final]]
        self.form.shuffle(kinds)
        written: list[str | Table] = []
        for number, kind in enumerate(kinds, start=1):
            written += self.write(kind, number)
        return written

    def write(self, kind: str, number: int) -> list[str | Table]:
        self.unit = self.pick(("元", "万元"))
        title = self.pick(TITLES[kind][self.is_final])
        rows: Rows = getattr(self, f"write_{kind}")()
        if self.form.random() < 0.3:
            wide = ["<"] * (len(rows[0]) - 1)
            head = [[title, *wide], [f"单位：{self.unit}", *wide]]
            return ["", table_of([*head, *rows], number=number)]
        lines = [title, f"单位：{self.unit}"]
        if self.form.random() < 0.5:
            lines = [f"表{number}", title, "公开01表", f"部门：民政局  单位：{self.unit}"]
        return [*lines, table_of(rows, number=number), *self.note(rows)]

    def note(self, rows: Rows) -> list[str]:
        has_amounts = any(text[-1:].isdigit() and "." in text for row in rows for text in row)
        return [] if has_amounts else [self.pick(EMPTY_NOTES)]

    def pick(self, names: tuple[str, ...]) -> str:
        return self.form.choice(names)

    def at(self, concept: str, **dimensions: str | None) -> Dimensions:
        return Dimensions(concept=concept, **{"period": self.own, **dimensions})

    def cell(self, figure: Dimensions) -> str:
        amount = self.amount_of(figure)
        if amount is None:
            return self.pick(("", "—", "-"))
        scaled = amount / (10_000 if self.unit == "万元" else 1)
        if amount < 0:
            return self.pick((f"{scaled:f}", f"（{-scaled:,f}）", f"△{-scaled:f}"))
        return self.pick((f"{scaled:f}", f"{scaled:,f}"))

    # ── lines of labels, on one side or two ───────────────────────────────────

    def write_department_summary(self) -> Rows:
        periods = ("budget", "final") if self.is_final else ("budget",)
        heads = (
            ["年初预算数", "决算数"] if self.is_final else [self.pick(("预算数", "2024年预算数"))]
        )
        left = [
            (self.pick(names), [self.cell(self.at(concept, period=p)) for p in periods])
            for concept, names in REVENUE
        ]
        right = [
            (name, self.at("expenditure.current", functional=code)) for code, name, *_ in PATHS
        ] + [(self.pick(names), self.at(concept)) for concept, names in CLOSING]
        lines = [(label, [self.cell(figure)]) for label, figure in right]
        return self.sides((heads, left), (heads[-1:], lines))

    def write_appropriation_summary(self) -> Rows:
        left = [("本年收入", "revenue.current", "appropriation")]
        left += [(self.pick(names), "revenue.appropriation", fund) for fund, names in FUNDS.items()]
        left += [
            (self.pick(("上年结转", "年初结转和结余")), "revenue.carried_forward", "appropriation"),
            ("收入总计", "revenue.total", "appropriation"),
        ]
        funds = ("appropriation", *FUNDS)
        right = [(name, "expenditure.current", code) for code, name, *_ in PATHS]
        right += [("本年支出合计", "expenditure.current", None)]
        right += [
            ("结转下年", "expenditure.carried_over", None),
            ("支出总计", "expenditure.total", None),
        ]
        heads = ["合计", *(self.pick(names) for names in FUNDS.values())]
        return self.sides(
            (["金额"], [(label, [self.cell(self.at(c, fund=f))]) for label, c, f in left]),
            (
                heads,
                [
                    (label, [self.cell(self.at(c, fund=f, functional=code)) for f in funds])
                    for label, c, code in right
                ],
            ),
        )

    def sides(self, *sides: tuple[list[str], list[tuple[str, list[str]]]]) -> Rows:
        """Put the lines of 收入 beside those of 支出, with their ordinals or without."""
        numbered = self.form.random() < 0.6
        top, heads, rows = [], [], []
        for word, (columns, _) in zip(("收入", "支出"), sides, strict=True):
            top += [word, *["<"] * len(columns)]
            heads += ["项目", *columns]
        for number in range(max(len(lines) for _, lines in sides)):
            row: list[str] = []
            for columns, lines in sides:
                label, amounts = lines[number] if number < len(lines) else ("", [""] * len(columns))
                plain = not numbered or not label or label.endswith(("合计", "总计"))
                row += [label if plain else f"{'一二三四五六七八九十'[number]}、{label}", *amounts]
            rows.append(row)
        return [top, heads, *rows]

    # ── a row for each code ───────────────────────────────────────────────────

    def write_department_revenue(self) -> Rows:
        funds = [(self.pick(names), fund) for fund, names in FUNDS.items()]
        group = [("小计", self.at("revenue.appropriation"))]
        group += [(name, self.at("revenue.appropriation", fund=fund)) for name, fund in funds]
        plain = [(self.pick(n), self.at(c)) for c, n in REVENUE[1:6]]
        if self.is_final:
            whole = [("本年收入合计", self.at("revenue.current"))]
        else:
            whole = [("合计", self.at("revenue.total"))]
            plain.append(("上年结转", self.at("revenue.carried_forward")))
        self.form.shuffle(plain)
        return self.code_rows(CODES, "functional", whole, ("财政拨款收入", group), plain)

    def write_department_expenditure(self) -> Rows:
        columns = [
            (self.pick(("合计", "本年支出合计")), self.at("expenditure.current")),
            ("基本支出", self.at("expenditure.basic")),
            ("项目支出", self.at("expenditure.project")),
            (self.pick(("经营支出", "事业单位经营支出")), self.at("expenditure.business")),
            ("上缴上级支出", self.at("expenditure.superior_remittance")),
            (self.pick(("对附属单位补助支出",)), self.at("expenditure.affiliate_subsidy")),
        ]
        self.form.shuffle(columns)
        return self.code_rows(CODES, "functional", columns)

    def write_general_public_expenditure(self) -> Rows:
        head = "本年支出" if self.is_final else "2024年预算数"
        return self.write_fund("general_public", ("本年支出", head))

    def write_state_capital_expenditure(self) -> Rows:
        return self.write_fund("state_capital", ("本年支出", "本年国有资本经营预算支出"))

    def write_special_account_expenditure(self) -> Rows:
        return self.write_fund("special_account", ("本年支出",))

    def write_government_fund_expenditure(self) -> Rows:
        own = {"fund": "government_fund"}
        if not self.is_final:
            return self.write_fund("government_fund", ("本年支出", "本年政府性基金预算支出"))
        before = [
            ("年初结转和结余", self.at("revenue.carried_forward", **own)),
            ("本年收入", self.at("revenue.current", **own)),
        ]
        after = [("年末结转和结余", self.at("expenditure.carried_over", **own))]
        return self.code_rows(CODES, "functional", before, ("本年支出", self.parts(own)), after)

    def write_fund(self, fund: str, heads: tuple[str, ...]) -> Rows:
        return self.code_rows(CODES, "functional", (self.pick(heads), self.parts({"fund": fund})))

    def parts(self, own: dict[str, str]) -> Columns:
        return [
            (self.pick(("合计", "小计")), self.at("expenditure.current", **own)),
            ("基本支出", self.at("expenditure.basic", **own)),
            ("项目支出", self.at("expenditure.project", **own)),
        ]

    def write_general_public_basic(self) -> Rows:
        own = {"fund": "general_public"}
        columns = [
            (self.pick(("合计", "小计")), self.at("expenditure.basic", **own)),
            ("人员经费", self.at("expenditure.basic.personnel", **own)),
            (
                self.pick(("公用经费", "日常公用经费")),
                self.at("expenditure.basic.operating", **own),
            ),
        ]
        return self.code_rows(ECONOMIC, "economic", (self.pick(("本年基本支出", "")), columns))

    def code_rows(
        self, codes: list[tuple[str, str]], axis: str, *groups: Columns | tuple[str, Columns]
    ) -> Rows:
        """Write a row for each code, in one cell, in three or over three, and that of the whole."""
        split = self.form.random() < 0.5
        lead = 4 if split else 2
        columns: Columns = []
        top: list[str] = []
        low: list[str] = []
        for group in groups:
            heading, inner = group if isinstance(group, tuple) else ("", group)
            names = [name for name, _ in inner]
            columns += inner
            top += [heading, *["<"] * (len(inner) - 1)] if heading else names
            low += names if heading else ["^"] * len(inner)
        merged = self.form.random() < 0.3
        rows = []
        for code, name in codes:
            cells = [code[:3], code[3:5], code[5:]] if split else [code]
            cells = [code, "<", "<"] if split and merged else cells
            rows.append([*cells, name, *self.row(columns, axis, code)])
        whole = [self.pick(("合计", "合 计", "总计")), *["<"] * (lead - 1)]
        rows.insert(self.form.choice((0, len(rows))), [*whole, *self.row(columns, axis, None)])
        name = self.pick(("科目名称", "名称"))
        if split:
            heads = [["科目编码", "<", "<", name, *top], ["类", "款", "项", "^", *low]]
        else:
            heads = [["科目编码", name, *top], ["^", "^", *low]]
        if all(word == "^" for word in heads[1]):
            heads.pop()
        if self.form.random() < 0.3:
            heads.append([*["**"] * lead, *map(str, range(1, len(columns) + 1))])
        return [*heads, *rows]

    def row(self, columns: Columns, axis: str, code: str | None) -> list[str]:
        named = (
            Dimensions(
                concept=d.concept,
                fund=d.fund,
                period=d.period,
                functional=code if axis == "functional" else None,
                economic=code if axis == "economic" else None,
            )
            for _, d in columns
        )
        return [self.cell(figure) for figure in named]

    # ── tables of their own form ──────────────────────────────────────────────

    def write_three_public(self) -> Rows:
        """Write “三公” in one row of columns or in a line for each part."""
        periods = ("budget", "final") if self.is_final else ("prior_budget", "budget")
        heads = ("预算数", "决算数") if self.is_final else ("2023年预算数", "2024年预算数")
        lines = [
            (
                self.pick(n),
                [self.cell(self.at(c, fund="general_public", period=p)) for p in periods],
            )
            for c, n in THREE
        ]
        if self.form.random() < 0.5:
            return [["项目", *heads], *([label, *amounts] for label, amounts in lines)]
        top, low, row = [], [], []
        for place, head in enumerate(heads):
            top += [head, *["<"] * (len(lines) - 1)]
            low += [label for label, _ in lines]
            row += [amounts[place] for _, amounts in lines]
        return [top, low, row]

    def write_project_expenditure(self) -> Rows:
        keys = ("total", *FUNDS)
        heads = [self.pick(("合计", "总计")), *(self.pick(names) for names in FUNDS.values())]
        rows = [
            [name, *(self.cell(self.at(f"project {name}", fund=key)) for key in keys)]
            for name in PROJECTS
        ]
        return [["项目名称", *heads], *rows]

    def write_procurement(self) -> Rows:
        return [["采购项目名称", "采购目录", "数量", "金额"], ["打印机", "办公设备", "5", "1.50"]]


@cache
def slots(stage: str) -> list[Dimensions]:
    """Return all that the tables of a stage can hold."""
    asked: dict[Dimensions, None] = {}
    Writer(stage, lambda figure: asked.setdefault(figure), 0).blocks()
    return sorted(asked, key=str)


def draw_statement(stage: str, seed: int) -> Statement:
    """Draw amounts for what the tables can hold: some empty, some 0, some negative.

    A fund that a department has nothing of leaves its tables empty.
    """
    random_ = random.Random(seed)
    without = random_.choice((None, "state_capital", "government_fund"))
    statement = Statement(department="北海区民政局", fiscal_year=2024, stage=stage)
    projects = {name: ProjectRow(name=name) for name in PROJECTS}
    for figure in slots(stage):
        amount = _amount(random_)
        if amount is None or figure.fund == without:
            continue
        if figure.concept.startswith("project "):
            projects[figure.concept.removeprefix("project ")].amounts[figure.fund or ""] = amount
        else:
            statement.figures.append(
                Figure(
                    concept=figure.concept,
                    functional=figure.functional,
                    economic=figure.economic,
                    fund=figure.fund,
                    period=figure.period,
                    amount=amount,
                )
            )
    statement.project_rows = [row for row in projects.values() if row.amounts]
    return statement


def _amount(random_: random.Random) -> Decimal | None:
    kind = random_.random()
    if kind < 0.2:
        return None
    if kind < 0.3:
        return Decimal("0.00")
    sign = -1 if kind > 0.97 else 1
    return sign * Decimal(random_.randrange(1, 10 ** random_.randrange(3, 13))).scaleb(-2)


def write_statement(statement: Statement, seed: int) -> list[str | Table]:
    """Write a drawn Statement in the form that `seed` chooses."""
    amounts = {figure.dimensions: figure.amount for figure in statement.figures}
    own = "final" if statement.stage == "final_accounts" else "budget"
    for row in statement.project_rows:
        for key, amount in row.amounts.items():
            concept = f"project {row.name}"
            amounts[Dimensions(concept=concept, fund=key, period=own)] = amount
    return Writer(statement.stage, amounts.get, seed).blocks()
