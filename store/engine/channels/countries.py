"""English names of countries (ISO 3166) and languages, by code."""

from functools import cache

from babel import Locale

# Codes in Babel that ISO 3166 only reserves, or that are not countries.
EXCLUDED_CODES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)

_NAMES: dict[str, str] = {str(code): str(name) for code, name in Locale("en").territories.items()}
COUNTRY_CODES: tuple[str, ...] = tuple(
    sorted(code for code in _NAMES if len(code) == 2 and code.isalpha() and code not in EXCLUDED_CODES)
)


@cache
def country_name(code: str) -> str:
    """`US` → `United States`; an unknown code is returned as it is."""
    return _NAMES.get(code, code)


@cache
def language_name(code: str) -> str:
    """`PT_BR` or `pt-br` → `Portuguese (Brazil)`."""
    head, _, rest = code.replace("-", "_").partition("_")
    name = Locale("en").languages.get(head.lower(), head.lower())
    subtags = [part.title() if len(part) == 4 else part.upper() for part in rest.split("_") if part]
    if not subtags:
        return str(name)
    subtag_names = {**Locale("en").scripts, **_NAMES}
    return f"{name} ({', '.join(str(subtag_names.get(subtag, subtag)) for subtag in subtags)})"
