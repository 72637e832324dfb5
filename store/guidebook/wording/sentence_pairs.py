"""Claims and exemptions that depend on two adjacent sentences, such as a question and its answer."""

import re

from store.guidebook.wording.lexicon import Lexicon

_ANSWERED_NO = re.compile(
    r"(?::|\s[-–—]) ?(?:no|nein|nope)(?:[.!]?$|,? (?:\w+ ){0,3}(?:not|\w+n't|nicht|no (?:l[ao]s?|es|son))\b.{0,15}$)"
)


def is_followed_by_pitch(question: str, after: str, lexicon: Lexicon) -> bool:
    """ "Sleeping badly because of your back? This set was made for you." """
    return _is_question(question) and bool(after) and bool(lexicon.pitch.search(after))


def find_affirmation(before: str, answer: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """ "Does it work for migraines? Yes, within minutes." Returns the span of the yes."""
    if not _is_question(before):
        return None
    found: re.Match[str] | None = lexicon.yes.match(answer)
    return found.span() if found else None


def is_followed_by_advice(question: str, after: str, lexicon: Lexicon) -> bool:
    """ "Back pain after a fall? See a doctor." """
    return (
        _is_question(question)
        and bool(lexicon.direction.search(lexicon.pseudo_negation.sub("~", after)))
        and not lexicon.pitch.search(after)
    )


def is_followed_by_denial(after: str, lexicon: Lexicon) -> bool:
    """ "Some shops sell cups for cellulite. We do not." """
    return bool(lexicon.denial.match(after.strip()))


def is_answered_no(sentence: str) -> bool:
    """ "Somebody asked whether cups cure arthritis: no, they don't." """
    return bool(_ANSWERED_NO.search(sentence))


def _is_question(sentence: str) -> bool:
    return sentence.rstrip(" \"')").endswith("?")
