"""Readability of English texts. textstat would download a dictionary for English, so the formula is implemented here.

Syllables are counted by groups of vowels. Over all English words of guides/ that gives 4,495; the CMU dictionary
gives 4,531, so a grade here may be a tenth of a grade too low.
"""

import re

WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")
_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_SILENT_E = re.compile(r"(?<![aeiouyl])e$|(?<=[aeiouy])le$|(?<![aeioutd])ed$|(?<=[^sxzcghaeiouy])es$")


def words(text: str) -> list[str]:
    return WORD.findall(text)


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", _SILENT_E.sub("", word.lower()))
    return max(1, len(groups))


def flesch_kincaid(text: str) -> float:
    found = words(text)
    sentences = max(1, len(_SENTENCE.findall(text)))
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def longest_sentence(text: str) -> int:
    return max(len(words(part)) for part in _SENTENCE.split(text) if part.strip())


# A sentence with a second instruction after "and" or "then" asks the reader to do two things at once.
_VERBS = (
    "wash dry put take press pull lift set stop look wait use keep call see ask tell stay start leave throw hang wipe"
    " pour spread close rinse store wrap mark check squeeze slide choose lie work try practise watch go read answer"
    " do let hold add count cool cover get move run cut hand turn replace rest drink wear talk"
)
_SECOND_INSTRUCTION = re.compile(
    rf"\b(?:and|then|and then) (?:{'|'.join(_VERBS.split())})\b(?! (?:of|is|was))"
)
_FIRST_INSTRUCTION = re.compile(rf"^(?:{'|'.join(_VERBS.split())})\b", re.IGNORECASE)


def has_two_instructions(sentence: str) -> bool:
    return bool(_FIRST_INSTRUCTION.search(sentence.strip())) and bool(_SECOND_INSTRUCTION.search(sentence))
