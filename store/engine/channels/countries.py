"""Countries and languages by code, with their names in English."""

from functools import cache

from babel import Locale

# Codes that Babel knows and ISO 3166 has only reserved, or that stand for no country.
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})

_NAMES: dict[str, str] = {str(code): str(said) for code, said in Locale("en").territories.items()}
CODES: tuple[str, ...] = tuple(
    sorted(code for code in _NAMES if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES)
)


@cache
def name(code: str) -> str:
    """`US` → `United States`; a code that nobody knows names itself."""
    return _NAMES.get(code, code)


@cache
def language(code: str) -> str:
    """`PT_BR` or `pt-br` → `Portuguese (Brazil)`."""
    head, _, rest = code.replace("-", "_").partition("_")
    spoken = Locale("en").languages.get(head.lower(), head.lower())
    where = "_".join(part.title() if len(part) == 4 else part.upper() for part in rest.split("_") if part)
    if not where:
        return str(spoken)
    places = {**Locale("en").scripts, **_NAMES}
    return f"{spoken} ({', '.join(str(places.get(part, part)) for part in where.split('_'))})"
