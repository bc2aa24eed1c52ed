"""Texts made to take for ever: they end soon, or are refused with one sentence."""

from __future__ import annotations

import signal

import pytest

from budgets.checks import run_checks
from budgets.documents.blocks import Cell, Document, Paragraph, Table, UnreadableDocument
from budgets.parsing import parse_disclosure

# Of processor time, so that a busy machine changes nothing. Each of these took minutes or years.
SECONDS = 10
HEAD = (
    "大连市文化旅游局2024年部门预算",
    "一、收支预算总体说明",
    "2024年收入预算100.00万元，支出预算100.00万元。",
)


@pytest.fixture(autouse=True)
def _end_soon():
    def stop(*_):
        pytest.fail(f"not done after {SECONDS} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def document(*lines: str, tables: tuple[Table, ...] = ()) -> Document:
    blocks = [Paragraph(locator=f"¶{n}", text=t) for n, t in enumerate((*HEAD, *lines), start=1)]
    return Document(name="坏.txt", sha256="0", media_type="x", blocks=[*blocks, *tables])


def table(*rows: list[str], title: str = "部门收入总表", span: int = 1) -> Table:
    return Table(
        locator="t1",
        title=title,
        cells=[
            Cell(
                locator=f"t1 r{row} c{column}",
                text=text,
                row=row,
                column=span * column,
                column_span=span,
            )
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        ],
    )


@pytest.mark.parametrize(
    "told",
    [
        document("表" + "()" * 29 + "x", tables=(table(["项目", "合计"], ["一", "1"]),)),
        document(
            tables=(table(["项目", "合计"], ["一", "1"], title="收入" + "总体情况" * 40 + "x"),)
        ),
        document(tables=(table(*[["合计"]] * 60, span=500),)),
        document("三、政府采购情况", *["1" * 9_990] * 5),
        document("四、绩效情况", *["1" * 9_990] * 5),
        document("五、机构设置", *["单位" * 4_990] * 5),
    ],
    ids=["brackets", "words of a kind", "wide heads", "digits", "digits of goals", "units"],
)
def test_it_ends_soon(told):
    statement = parse_disclosure([told])
    run_checks(statement)
    assert statement.figure("revenue.total").amount == 1_000_000


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (document("长" * 10_001), "¶4 有 10001 个字"),
        (document(tables=(table(["长" * 10_001, "1"]),)), "t1 r0 c0 有 10001 个字"),
        (document(tables=(table(*[["1"] * 2] * 600, span=500),)), "t1 展开后超过 500000 格"),
        (
            document(
                tables=(
                    Table(
                        locator="t1",
                        cells=[Cell(locator="x", text="1", row=999, column=999)],
                    ),
                )
            ),
            "t1 展开后超过 500000 格",
        ),
    ],
    ids=["paragraph", "cell", "spans", "far cell"],
)
def test_what_no_budget_holds_is_refused(told, sentence):
    with pytest.raises(UnreadableDocument, match=sentence) as refused:
        parse_disclosure([told])
    assert str(refused.value).startswith("“坏.txt”")
    assert str(refused.value).endswith("。")
