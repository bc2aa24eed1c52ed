"""What the sample must show, walked as a reader does (issue 2, “Shown by” 2)."""

from playwright.sync_api import expect

ITEMS = {
    "政务服务大厅窗口建设服务采购": "306.01",
    "政务服务中心物业服务": "356.55",
    "管委会信息系统云服务": "134.85",
    "“数字高新”云服务": "303.12",
    "管委会信息网络安全等级保护测评服务": "112.73",
    "管委会、行政服务大厅无线网络覆盖服务": "60.15",
    "政务服务中心食堂管理费": "233.70",
    "管委会网络安全运维服务采购": "40.00",
    "“数字高新”软件系统运维服务": "278.00",
    "互联网专线费用": "48.00",
    "基层社会治理工作信息采集终端流量费": "27.10",
}


def section(page, key: str):
    return page.locator(f"#{key}")


def test_the_disclosure_says_it_all(open_page, disclosure) -> None:
    page = open_page(disclosure)
    answer = page.locator(".answer")
    expect(answer).to_contain_text("2,093.26 万元")
    expect(answer).to_contain_text("76 元是项目支出，23 元是人员经费，1 元是公用经费")
    expect(page.locator(".facts")).to_contain_text("落款日期 2024 年 2 月 5 日")
    expect(section(page, "spending")).to_contain_text(
        "基本支出 496.19 万元 = 人员经费 481.84 + 公用经费 14.35"
    )
    expect(section(page, "spending")).to_contain_text("1,597.07")
    expect(section(page, "three-public").locator("h2")).to_have_text("文件写明没有“三公”经费支出")
    expect(section(page, "three-public")).to_contain_text("严格控制“三公”经费支出")
    expect(section(page, "operation").locator("h2")).to_have_text("机关运行经费 14.35 万元")
    expect(section(page, "revenue")).to_contain_text("无政府性基金预算收支，无国有资本经营预算收支")
    assets = section(page, "assets")
    expect(assets.locator("tbody tr")).to_have_count(3)
    expect(assets.locator("td.number").first).to_have_text("0 辆")
    expect(assets.locator("td.number").last).to_have_text("0 台")
    expect(section(page, "performance").locator("h2")).to_have_text("绩效目标 9 个")
    expect(section(page, "performance")).to_contain_text("涉及 1,597.07 万元，占项目支出 100%")


def test_procurement_items_and_their_sum(open_page, disclosure) -> None:
    bought = section(open_page(disclosure), "procurement")
    rows = bought.locator("tbody tr:not([data-total])")
    expect(rows).to_have_count(11)
    told = {
        row.locator("th").inner_text(): row.locator(".number").inner_text() for row in rows.all()
    }
    assert told == ITEMS
    expect(bought.locator("tr[data-total]")).to_contain_text("合计由本站相加")
    expect(bought.locator("tr[data-total]")).to_contain_text("1,900.21")
    expect(bought.locator(".outcome-note[data-result=warning]")).to_contain_text("303.14")


def test_duties_units_project_terms(open_page, disclosure) -> None:
    page = open_page(disclosure)
    expect(section(page, "duties").locator("li")).to_have_count(11)
    units = section(page, "units").locator("tbody tr")
    expect(units).to_have_count(2)
    expect(units.first).to_contain_text("行政单位")
    expect(units.last).to_contain_text("事业单位")
    project = section(page, "project-1")
    expect(project.locator("dt")).to_have_text(
        ["项目概述", "立项依据", "实施主体", "实施方案", "实施周期", "年度预算安排"]
    )
    expect(project.locator(".project-amount")).to_contain_text("306.01 万元")
    terms = section(page, "glossary").locator("dt")
    expect(terms).to_have_count(18)
    assert all(len(term.inner_text()) >= 4 for term in terms.all())


def test_charts_are_drawn_beside_their_tables(open_page, disclosure) -> None:
    page = open_page(disclosure)
    for key in ("spending", "procurement"):
        assert section(page, key).locator("table").count() == 1
        drawn = (
            section(page, key)
            .locator("canvas")
            .evaluate(
                "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v)"
            )
        )
        assert drawn, key


def test_a_figure_opens_its_source(open_page, disclosure) -> None:
    page = open_page(disclosure)
    section(page, "spending").get_by_role("link", name="¶23").first.click()
    mark = page.locator("mark:target")
    expect(mark).to_have_text("项目支出1597.07万元")
    expect(mark).to_be_in_viewport()


def test_checks_and_completeness(open_page, disclosure) -> None:
    page = open_page(f"{disclosure}checks/")
    warning = page.locator("#check-P01")
    for told in ("1,900.21", "303.14", "288.79"):
        expect(warning).to_contain_text(told)
    expect(page.locator("#check-R05")).to_contain_text("通过")
    expect(page.locator("#completeness")).to_contain_text("没有找到")
