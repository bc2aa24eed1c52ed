"""How amounts, sources and explained text are written into a page; everything is escaped."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from budgets import vocabulary
from budgets.presenters import amounts, marks, outcomes
from budgets.statement import Source

register = template.Library()

WITH_UNIT = re.compile(r"([-−+]?\d[\d,.]* ?(?:[万亿]?元|[个项辆台人次批年月日%％]))")
MAX_MARKS = 3  # source marks that stand beside one figure


@register.simple_tag
def amount(shown: amounts.Amount) -> SafeString:
    """Write an amount with its unit, the 元 in the title; number and unit are never parted."""
    unit = format_html(' <span class="unit">{}</span>', shown.unit) if shown.unit else ""
    digits = format_html('<span class="digits">{}</span>', shown.text)
    if not shown.value:
        return format_html('<span class="amount" data-state="none">{}{}</span>', digits, unit)
    return format_html(
        '<data class="amount" value="{}" title="{}">{}{}</data>',
        shown.value,
        shown.exact or str(shown),
        digits,
        unit,
    )


@register.simple_tag
def digits(shown: amounts.Amount) -> SafeString:
    """Write an amount without its unit, for a column whose header names it."""
    if not shown.value:
        return format_html('<span class="digits" data-state="none">{}</span>', shown.text)
    return format_html(
        '<data class="digits" value="{}" title="{}">{}</data>',
        shown.value,
        shown.exact or str(shown),
        shown.text,
    )


@register.filter
def money(value: Any) -> amounts.Amount:
    """Show an amount of 元 (or its absence)."""
    return amounts.show_optional(value)


@register.filter
def show_figure(row: Any) -> amounts.Amount:
    """Show a stored figure, or 未公开 where there is none."""
    return amounts.show(row.to_statement() if row else None)


@register.filter
def concept_name(concept: str) -> str:
    return vocabulary.concept_name(concept)


@register.filter
def lookup(mapping: dict[str, Any], key: str) -> Any:
    """Return the value of a key; nothing where there is none."""
    return mapping.get(key)


@register.simple_tag
def source_marks(sources: list[Source], url: str, of: str = "") -> SafeString:
    """Write a link to each place where a figure stands: 原文 ¶23."""
    shown = _distinct(sources)
    links = format_html_join(
        " ",
        '<a class="source-mark" href="{}source/#{}">'
        '<span class="visually-hidden">{}</span><span class="source-word">原文 </span>{}</a>',
        (
            (url, marks.source_anchor(source), f"{of}，" if of else "", source.locator)
            for source in shown[:MAX_MARKS]
        ),
    )
    if len(shown) > MAX_MARKS:
        return format_html('{} <span class="quiet">等 {} 处</span>', links, len(shown))
    return links


@register.simple_tag
def all_source_marks(sources: list[Source], url: str, of: str = "") -> SafeString:
    """Write a link to every place, each with the words that stand there."""
    return format_html_join(
        " ",
        '<a class="source-mark" href="{}source/#{}">'
        '<span class="visually-hidden">{}，</span>原文 {} <span class="quote">{}</span></a>',
        (
            (
                url,
                marks.source_anchor(source),
                of,
                source.locator,
                Truncator(source.stated or source.quote).chars(24),
            )
            for source in _distinct(sources)
        ),
    )


def _distinct(sources: list[Source]) -> list[Source]:
    """Keep one source of each place."""
    return list({marks.source_anchor(source): source for source in reversed(sources)}.values())[
        ::-1
    ]


@register.simple_tag
def explained(text: str, terms: dict[str, str]) -> SafeString:
    """Write a text in which each term is a link to its explanation; a script opens it in place."""
    return format_html_join(
        "", "{}", ((_term(piece),) for piece in marks.explain_terms(text, terms))
    )


def _term(piece: marks.Piece) -> Any:
    if not piece.slug:
        return _kept_together(piece.text)
    return format_html(
        '<a class="term" href="/glossary/{}/" data-term="{}">{}</a>',
        piece.slug,
        piece.slug,
        piece.text,
    )


@register.filter
def kept_together(text: str) -> SafeString:
    """Write a text in which no line breaks between a number and its unit."""
    return _kept_together(text)


@register.filter
def in_clauses(text: str) -> SafeString:
    """Write a heading whose lines break after a comma first, and never before one."""
    clauses = [clause for clause in re.split(r"(?<=[，：])", text) if clause]
    return format_html_join(
        "", '<span class="clause">{}{}</span>', (_with_its_comma(clause) for clause in clauses)
    )


def _with_its_comma(clause: str) -> tuple[SafeString, SafeString]:
    """Part a clause into its words and its last character with the comma, which stay together."""
    words, end = (clause[:-2], clause[-2:]) if clause[-1] in "，：" else (clause, "")
    kept = format_html('<span class="nowrap">{}</span>', end) if end else SafeString()
    return _kept_together(words), kept


@register.filter
def after_place(name: str, place: str) -> SafeString:
    """Write a department's name whose line breaks after the place it begins with."""
    own = name.removeprefix(place)
    parts = (place, own) if own and own != name else (name,)
    return format_html_join("", '<span class="clause">{}</span>', ((part,) for part in parts))


def _kept_together(text: str) -> SafeString:
    pieces = WITH_UNIT.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="nowrap">{}</span>', piece) if place % 2 else piece,)
            for place, piece in enumerate(pieces)
        ),
    )


@register.simple_tag
def marked(pieces: list[marks.Piece]) -> SafeString:
    """Write the text of an original with its places marked; each place begins with its id."""
    return format_html_join("", "{}", ((_mark(piece),) for piece in pieces))


def _mark(piece: marks.Piece) -> Any:
    if not piece.is_marked:
        if piece.anchor:
            return format_html('<span class="place" id="{}">{}</span>', piece.anchor, piece.text)
        return piece.text
    if piece.anchor:
        return format_html('<mark id="{}">{}</mark>', piece.anchor, piece.text)
    return format_html("<mark>{}</mark>", piece.text)


@register.simple_tag
def found(pieces: list[Any]) -> SafeString:
    """Write the pieces of a search hit, the words that matched marked."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.is_marked else piece.text,)
            for piece in pieces
        ),
    )


@register.simple_tag
def day(date: Any) -> str:
    """Write a date in words: ``2024 年 2 月 5 日``; nothing where there is none."""
    if date is None:
        return ""
    if isinstance(date, datetime.datetime):
        date = timezone.localtime(date).date()
    return format_html(
        '<time class="nowrap" datetime="{}">{} 年 {} 月 {} 日</time>',
        date.isoformat(),
        date.year,
        date.month,
        date.day,
    )


@register.filter
def told_outcomes(shown: list[outcomes.ShownOutcome]) -> str:
    """Say how a group of checks went: ``核对 5 项通过，1 项提示``."""
    return outcomes.sum_up(shown)


STATE_NAMES = {"present": "有", "nil": "已写明没有", "exempt": "依法不公开", "missing": "没有找到"}


@register.filter
def state_name(state: str) -> str:
    """Name a state of completeness."""
    return STATE_NAMES.get(state, state)


@register.filter
def told_complete(items: list[Any]) -> str:
    """Say how complete a disclosure is: ``应有 12 项，没有找到 3 项``."""
    missing = sum(item.state == "missing" for item in items)
    return (
        f"应有 {len(items)} 项，没有找到 {missing} 项" if missing else f"应有的 {len(items)} 项都有"
    )


@register.filter
def sort_state(column: Any) -> str:
    """Return what aria-sort says of a column of django-tables2."""
    if not column.orderable or not column.is_ordered:
        return ""
    return "descending" if column.order_by_alias.is_descending else "ascending"


@register.simple_tag
def chart_data(chart: dict[str, Any], key: str) -> SafeString:
    """Write what a chart draws as data for the script: nothing in it can be run."""
    return json_script(chart, f"chart-{key}")
