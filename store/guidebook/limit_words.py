"""How a limit is written in a sentence: as digits, as a word, or as "once"."""

import re
from collections.abc import Mapping

# {minutes_max} is 10, {fingers_spine:word} is "two", {pulls_first:times} is "once".
PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")
FORMS = frozenset({"word", "times"})

_WORDS: Mapping[str, Mapping[int, str]] = {
    "en": {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"},
    "de": {1: "einen", 2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs"},
    "es": {1: "un", 2: "dos", 3: "tres", 4: "cuatro", 5: "cinco", 6: "seis"},
}
_TIMES: Mapping[str, Mapping[int, str]] = {
    "en": {1: "once", 2: "twice", 3: "three times", 4: "four times"},
    "de": {1: "einmal", 2: "zweimal", 3: "dreimal", 4: "viermal"},
    "es": {1: "una vez", 2: "dos veces", 3: "tres veces", 4: "cuatro veces"},
}
_MANY_TIMES = {"en": "{} times", "de": "{}-mal", "es": "{} veces"}
# Between a number and its unit, its "(USA)" or its next digits, around the sign in "105 × 148 mm", within "EE. UU.".
_UNBREAKABLE = re.compile(r"(?<=\d) (?=[^\W_]|%|°|×|\()|(?<=×) (?=\d)|(?<=\bEE\.) (?=UU\.)")


def format_limit(value: int, form: str | None, lang: str) -> str:
    """The limit in one of FORMS, or as digits where `form` is None or has no word for so large a number."""
    if form == "times":
        return _TIMES[lang].get(value, _MANY_TIMES[lang].format(value))
    return _WORDS[lang].get(value, str(value)) if form == "word" else str(value)


def keep_together(text: str) -> str:
    """The text with no-break spaces where no line may end: "5 minutes", "911 (USA)", "+1 555 0100", "EE. UU."."""
    return _UNBREAKABLE.sub("\u00a0", text)
