"""About, 404, 500."""

from django.template.loader import render_to_string


def test_about(page, db) -> None:
    assert "合计由本站相加" in page("/about/")


def test_404_has_a_search_box(page, db) -> None:
    text = page("/nowhere/", status=404)
    assert "没有这个页面" in text
    assert 'name="q"' in text


def test_500_stands_alone() -> None:
    text = render_to_string("500.html")
    assert "服务器出错了" in text
    assert "/static/" not in text
