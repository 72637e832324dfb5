"""Which name a person may be greeted by. Names are free text that strangers type, and a mail repeats them."""

import unicodedata
from itertools import pairwise

MAX_LENGTH = 40
_SHOUTED_LENGTH = 4  # letters; "ADA" may be typed that way, "BUY CHEAP PILLS" is no name
_PUNCTUATION = frozenset(" -'’.·")


def greeting_name(name: str) -> str:
    """The name if it reads like one, else "": no web address, number, line break or shouting, and not too long."""
    name = name.strip()
    if not 0 < len(name) <= MAX_LENGTH or _is_shouted(name):
        return ""
    if not all(character in _PUNCTUATION or _is_letter(character) for character in name):
        return ""
    is_word = _is_letter(name[0]) and "www" not in name.casefold()
    return name if is_word and not _has_inner_dot(name) else ""


def _is_shouted(name: str) -> bool:
    return name.isupper() and sum(map(str.isalpha, name)) > _SHOUTED_LENGTH


def _is_letter(character: str) -> bool:
    """Also the marks that belong to letters, as in Hindi or decomposed accents."""
    return unicodedata.category(character)[0] in "LM"


def _has_inner_dot(name: str) -> bool:
    """A dot followed by a letter, as in a domain; "J. R." has none."""
    return any(before == "." and after != " " for before, after in pairwise(name))
