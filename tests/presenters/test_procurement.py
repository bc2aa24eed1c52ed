"""The list of what is bought, from a text: a list that may be longer says so."""

import pytest

from budgets.checks import run_checks
from budgets.parsing import parse_disclosure
from budgets.presenters.findings import write_procurement
from tests.texts import disclosure, text_document

NOTE = "清单可能不全"


@pytest.mark.parametrize(("more", "is_told"), [((), False), (("设备单价3.5万元起。",), True)])
def test_a_list_with_an_unread_number_says_that_it_may_be_longer(more, is_told):
    text = disclosure("一、总体说明", "项目支出40万元。", "四、政府采购", "物业服务6万元；", *more)
    statement = parse_disclosure([text_document(text)])
    statement.checks = run_checks(statement)
    finding = write_procurement(statement)
    assert finding is not None
    assert (NOTE in finding.note) is is_told
