"""Emoji by their names, in French and in English, whatever the accents."""

from functools import cache

import emoji

from rse.core.folding import words

LANGUAGES = ("fr", "en")
COMMON = ("👍", "🙏", "👏", "🎉", "🙂", "😀", "💡", "✅", "❓", "❤️", "🔧", "🏭")  # shown before anything is typed
MOST = 12
FULLY_QUALIFIED = 2
TONES = frozenset("🏻🏼🏽🏾🏿")


def find_emoji(text: str, language: str) -> list[tuple[str, str]]:
    """Return up to twelve ``(emoji, its name in language)`` of whose names, in either language, words begin with those of ``text``.

    The common ones come first, then those of which it is the whole name, then the shorter names; the common ones alone for no word.
    """
    typed = words(text)
    names = _names()
    if not typed:
        return [(one, names[one][language][0]) for one in COMMON]
    found = []
    for one, said in names.items():
        ranks = [_rank(typed, words_of) for _name, words_of in said.values()]
        if best := min((rank for rank in ranks if rank), default=None):
            found.append(((one not in COMMON, *best), one))
    return [(one, names[one][language][0]) for _rank_of, one in sorted(found)[:MOST]]


def _rank(typed, words_of):
    """Return what orders a name in which every word of ``typed`` begins a word; None for others."""
    if all(any(word.startswith(begin) for word in words_of) for begin in typed):
        return (list(words_of) != typed, not words_of[0].startswith(typed[0]), len(words_of))
    return None


@cache
def _names():
    """Return by emoji, and by language, its name and the words of it; of those that come in several skins, the one without."""
    for language in LANGUAGES:
        emoji.config.load_language(language)
    return {
        one: {language: _name(about, language) for language in LANGUAGES}
        for one, about in emoji.EMOJI_DATA.items()
        if about["status"] == FULLY_QUALIFIED and not TONES & set(one) and all(language in about for language in LANGUAGES)
    }


def _name(about, language):
    name = about[language].strip(":").replace("_", " ")
    also = about.get("alias", ()) if language == "en" else ()
    return name, tuple(words(" ".join([name, *(one.strip(":").replace("_", " ") for one in also)])))
