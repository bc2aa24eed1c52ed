"""Parsing and checking in a child process: the same Statement, and limits that hold."""

from __future__ import annotations

import pytest

from budgets.actions.parsing_sandbox import parse_in_sandbox
from budgets.checks import run_checks
from budgets.documents import read_document
from budgets.documents.blocks import UnreadableDocument
from budgets.documents.sandbox import Limits, read_in_sandbox
from budgets.parsing import parse_disclosure
from tests.texts import SAMPLE


def test_the_child_gives_what_parsing_and_checks_give():
    documents = [read_document("样本.txt", SAMPLE.read_bytes())]
    statement = parse_disclosure(documents)
    statement.checks = run_checks(statement)
    assert statement.checks
    assert parse_in_sandbox(documents) == statement


def test_what_is_no_budget_is_refused_with_the_sentence_of_parsing():
    with pytest.raises(UnreadableDocument, match="这不像一份部门预算"):
        parse_in_sandbox([read_document("诗.txt", "床前明月光".encode())])


@pytest.mark.parametrize(
    "limits", [Limits(seconds=1), Limits(memory=64 << 20), Limits(output=9 << 10)], ids=repr
)
def test_a_text_that_takes_too_much_is_refused_by_name(limits):
    lines = ["大连市文化旅游局2024年部门预算", "一、收支预算情况说明"]
    lines += ["2024年收入预算100.00万元，支出预算90.00万元。"] * 20_000
    document = read_document("长.txt", "\n".join(lines).encode())
    with pytest.raises(UnreadableDocument, match=r"“长\.txt”已经读出，但内容过多.*。$"):
        parse_in_sandbox([document], limits)


def test_a_reader_may_not_hand_back_more_than_the_parent_can_hold():
    with pytest.raises(UnreadableDocument, match="读取失败"):
        read_in_sandbox("x.txt", "一行\n".encode() * 1000, Limits(output=20_000))
