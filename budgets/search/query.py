"""A query → what was found, in which order, and why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from budgets.models import SearchEntry

from .highlight import Hit, explain
from .text import MAX_PINYIN, as_typed_pinyin, text_tokens, words

MAX_QUERY = 100  # characters of a query that are looked at
MAX_WORDS = 8
MAX_SUGGESTIONS = 5
MAX_CANDIDATES = 200

ABBREVIATED = range(3, 8)  # characters of an abbreviation: 营商局, 发改委
# How a question begins or ends; what is asked about stands between.
QUESTION = re.compile(
    "^(?:请问|什么是|什么叫|何为|哪些是|怎么看|怎么算)+"
    "|(?:是什么意思|什么意思|是什么|指什么|是多少钱?|有多少钱?|多少钱?|有哪些|怎么算|怎么样|怎么回事|怎么|吗|呢)+$"
)

KIND_ORDER = tuple(SearchEntry.Kind.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of hits; `counts` are by kind, whichever kind is shown.

    `suggestions` are near entries, given only where nothing was found.
    """

    query: str
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    suggestions: list[SearchEntry] = field(default_factory=list)


def search(query: str, *, kind: str = "", offset: int = 0, limit: int = 20) -> Results:
    """Find what is public by characters, pinyin or initials; `kind` narrows to one kind.

    Every word of the query must be there, at least one of them in the title or the text.
    Anything may be typed: what holds no letter or digit finds nothing. Three queries.
    """
    query = query.strip()[:MAX_QUERY]
    wanted = asked_about(query)
    if not wanted:
        return Results(query=query)
    found = SearchEntry.objects.filter(_matches(wanted))
    counts = Counter(dict(found.order_by().values_list("kind").annotate(Count("pk"))))
    total = counts[kind] if kind else counts.total()
    if not total:
        return Results(query=query, counts=dict(counts), suggestions=suggest(wanted, kind=kind))
    page = _ranked(found.filter(kind=kind) if kind else found, wanted)[offset : offset + limit]
    hits = [explain(entry, wanted) for entry in page]
    return Results(query=query, hits=hits, total=total, counts=dict(counts))


def asked_about(query: str) -> list[str]:
    """Return the words of a query without what only makes it a question: 公用经费是什么."""
    wanted = words(query)[:MAX_WORDS]
    plain = [QUESTION.sub("", word) for word in wanted]
    return [word for word in plain if word] or wanted


def glossary_search(query: str, *, offset: int = 0, limit: int = 50) -> Results:
    """Find terms by name, pinyin, initials, or by what their definitions say."""
    return search(query, kind=SearchEntry.Kind.TERM, offset=offset, limit=limit)


def suggest(wanted: list[str], *, kind: str = "") -> list[SearchEntry]:
    """Return the entries nearest to words that found nothing: departments and terms first.

    Near is: shared neighbouring characters, else shared characters, or a pinyin that begins
    alike.
    """
    folded = "".join(wanted)
    entries = SearchEntry.objects.filter(
        kind__in=[kind] if kind else [SearchEntry.Kind.TERM, SearchEntry.Kind.DEPARTMENT]
    )
    tokens = text_tokens(folded)
    for near in (
        [t for t in tokens if len(t) == 2],
        [f"p:{folded[:end]}" for end in range(3, len(folded))],
        [t for t in tokens if len(t) == 1],
    ):
        if chosen := _nearest(entries, near):
            return chosen
    return []


def _nearest(entries: QuerySet[SearchEntry], tokens: list[str]) -> list[SearchEntry]:
    """Return the entries that share most of the tokens, those with them in the title first."""
    if not tokens:
        return []
    condition = Q()
    for token in sorted(tokens)[:40]:
        condition |= Q(tokens__holds=[token])

    def nearness(entry: SearchEntry) -> tuple[int, int]:
        in_title = sum(token in entry.normalised_title for token in tokens)
        return -in_title, -sum(f" {token} " in entry.tokens for token in tokens)

    return sorted(entries.filter(condition)[:MAX_CANDIDATES], key=nearness)[:MAX_SUGGESTIONS]


# ── matching and ranking, in the database ─────────────────────────────────────


def _matches(wanted: list[str]) -> Q:
    everywhere, own = Q(), Q()
    for word in wanted:
        here = Q(normalised_title__contains=word) | Q(normalised_text__contains=word)
        anywhere = here | Q(normalised_context__contains=word)
        # The text first: SQLite tests from left to right, and its tokens are long.
        otherwise = _spoken(word) | _abbreviated(word)
        everywhere &= (anywhere & Q(tokens__holds=_literal(word))) | otherwise
        own |= (here & Q(tokens__holds=_literal(word))) | otherwise
    return everywhere & own if len(wanted) > 1 else own


def _ranked(found: QuerySet[SearchEntry], wanted: list[str]) -> QuerySet[SearchEntry]:
    """Order: the whole title, its beginning, inside it, pinyin, text; then kind and year."""
    whole = "".join(wanted)
    in_title = Q()
    for word in wanted:
        in_title &= Q(normalised_title__contains=word)
    ranks = [
        Q(normalised_title=whole),
        Q(normalised_title__startswith=whole),
        Q(normalised_title__contains=whole),
        in_title,
    ]
    if spelled := as_typed_pinyin(whole):
        ranks += [
            Q(tokens__holds=[f"P:{spelled}"]),
            _spoken(whole),
        ]
    rank = _first_of(ranks)
    kinds = _first_of([Q(kind=kind) for kind in KIND_ORDER])
    return found.annotate(rank=rank, kind_rank=kinds).order_by(
        "rank", "kind_rank", "-fiscal_year", "pk"
    )


def _first_of(conditions: list[Q]) -> Case:
    whens = [When(condition, then=Value(place)) for place, condition in enumerate(conditions)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


def _literal(word: str) -> list[str]:
    """Return the tokens that a text with this word has: its bigrams, or the one character."""
    return sorted(t for t in text_tokens(word) if len(t) == min(len(word), 2))


def _abbreviated(word: str) -> Q:
    """Match a department whose name has these characters in this order: 营商局."""
    if len(word) not in ABBREVIATED or word.isascii() or not word.isalpha():
        return Q(pk__in=[])
    return Q(
        kind=SearchEntry.Kind.DEPARTMENT,
        tokens__holds=sorted(set(word)),
        normalised_title__regex=".*".join(word),
    )


def _spoken(word: str) -> Q:
    """Match a word typed in Latin letters as pinyin or initials; anything else matches nothing."""
    spelled = as_typed_pinyin(word)
    if spelled is None:
        return Q(pk__in=[])
    return Q(tokens__holds=[f"p:{spelled[:MAX_PINYIN]}"])
