"""Text → what it is found by: one folded form, its pinyin, its tokens.

The same functions run when something is indexed and when it is looked for, so `三公经费`,
`“三公”经费`, `三公經費` and `三公 经费` fold to one string.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import opencc
from pypinyin import Style, lazy_pinyin

# Words of the field whose everyday reading pypinyin cannot know from the phrase alone: the
# other reading is indexed too. At most one is exchanged at a time.
OTHER_READINGS = {
    "行": ("hang", "xing"),
    "会": ("kuai", "hui"),
    "重": ("zhong", "chong"),
    "长": ("chang", "zhang"),
    "调": ("diao", "tiao"),
    "都": ("dou", "du"),
    "朝": ("chao", "zhao"),
    "曾": ("ceng", "zeng"),
    "藏": ("cang", "zang"),
    "单": ("dan", "shan"),
    "区": ("qu", "ou"),
    "厦": ("sha", "xia"),
    "蚌": ("bang", "beng"),
    "六": ("liu", "lu"),
    "乐": ("le", "yue"),
    "还": ("hai", "huan"),
    "差": ("cha", "chai"),
    "率": ("lv", "shuai"),
    "绿": ("lv", "lu"),
}
# What PDF files have in place of the ideograph and NFKC leaves alone.
RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "民虎西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟",
)
KEPT_AS_IS = "乾"  # 乾安县 is simplified already

MAX_SYLLABLES = 12  # of a title, from which a pinyin prefix may start
MAX_PINYIN = 24  # letters of one prefix


def normalise(text: str) -> str:
    """Fold width, compatibility forms, case and traditional characters.

    Only letters and digits are left, and the point inside a number: quotes, punctuation,
    blanks, symbols and emoji go.
    """
    return fold(text)[0]


def fold(text: str) -> tuple[str, list[int]]:
    """Return the normalised text and, for each of its characters, the index in `text`."""
    folded: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        if character in ".．" and _is_digit(text, index - 1) and _is_digit(text, index + 1):
            kept = "."
        else:
            kept = _fold_character(character)
        folded.append(kept)
        places.extend([index] * len(kept))
    return "".join(folded), places


@lru_cache(20_000)
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).translate(RADICALS).casefold()
    kept = "".join(c for c in plain if unicodedata.category(c)[0] in "LNM" and not _is_selector(c))
    return "".join(c if c in KEPT_AS_IS else _simplify(c) for c in kept)


@lru_cache(20_000)
def _simplify(character: str) -> str:
    return _to_simplified().convert(character)


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_digit(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index].isdecimal()


def words(text: str) -> list[str]:
    """Return the normalised words of a query, split where it has blanks."""
    return [word for word in map(normalise, text.split()) if word]


# ── pinyin ────────────────────────────────────────────────────────────────────


@lru_cache(1_000)
def syllables(normalised: str) -> tuple[str, ...]:
    """Return one syllable per character (``lv`` for 绿); digits and Latin letters stand alone."""
    return tuple(lazy_pinyin(normalised, style=Style.NORMAL, errors=list))


def pinyin(text: str) -> str:
    """Return the full pinyin of a name: ``sangongjingfei``."""
    return "".join(syllables(normalise(text)))


def initials(text: str) -> str:
    """Return the first letters of a name: ``sgjf``; digits and Latin letters stay."""
    return "".join(syllable[0] for syllable in syllables(normalise(text)))


def ascii_slug(text: str, *, short: bool) -> str:
    """Return what stands in an address for a name: its initials (`short`) or its full pinyin."""
    spelled = initials(text) if short else pinyin(text)
    return "".join(c for c in spelled if c.isascii() and c.isalnum())


def as_typed_pinyin(word: str) -> str | None:
    """Return a query word as pinyin without tones (``sāngōng`` too); None when it is not Latin."""
    plain = unicodedata.normalize("NFD", word).replace("u\u0308", "v")
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return letters if letters.isascii() and letters.isalpha() else None


def readings(normalised: str) -> Iterator[tuple[str, ...]]:
    """Yield the phrase-aware reading, then each with one character read the other way."""
    usual = syllables(normalised)
    yield usual
    if len(usual) != len(normalised):
        return
    for index, character in enumerate(normalised):
        for other in OTHER_READINGS.get(character, ()):
            if other != usual[index]:
                yield (*usual[:index], other, *usual[index + 1 :])


# ── tokens ────────────────────────────────────────────────────────────────────
# p:… begins the full pinyin or the initials from some syllable on, P:… is the whole of
# either. Only pinyin tokens hold a colon, so none is taken for text.


def text_tokens(normalised: str) -> set[str]:
    """Return the single characters and the bigrams of a normalised text."""
    return set(normalised) | {normalised[i : i + 2] for i in range(len(normalised) - 1)}


def pinyin_tokens(normalised: str) -> set[str]:
    """Return the pinyin prefixes of a title, starting at each of its first syllables."""
    tokens = set()
    for reading in readings(normalised):
        for sounds in (reading, [syllable[0] for syllable in reading]):
            tokens.add(f"P:{''.join(sounds)}")
            for start in range(min(len(sounds), MAX_SYLLABLES)):
                spelled = "".join(sounds[start:])[:MAX_PINYIN]
                tokens |= {f"p:{spelled[:end]}" for end in range(1, len(spelled) + 1)}
    return tokens
