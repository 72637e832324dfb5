"""The lint itself: takes a text and returns its findings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from store.guidebook.languages import LANGUAGES, supported_language
from store.guidebook.wording import antecedents, claim_context, sentence_pairs
from store.guidebook.wording.bounded_cache import cache_of_short_texts
from store.guidebook.wording.frames import Frame, Frames, find_in_frames, frames
from store.guidebook.wording.lexicon import (
    MARKETS,
    Lexicon,
    Rule,
    candidate_rules,
    distinctive_words,
    lexicon,
)
from store.guidebook.wording.normalization import (
    NormalizedText,
    clean,
    normalize,
    normalize_with_positions,
    split_words,
    undo_obfuscation,
    visible_text,
    without_umlaut_digraphs,
)
from store.guidebook.wording.polarity import is_question
from store.guidebook.wording.sentence_score import (
    is_cautious,
    reads_harmless,
    reads_like_caution,
    reads_like_claim,
)
from store.guidebook.wording.sentences import BETWEEN_PARTS, paragraphs, split_sentences
from store.guidebook.wording.unread_text import find_spaced_letters

Read = list[tuple[Lexicon, NormalizedText]]  # a sentence as each language, with its disguises undone

_WORD = re.compile(r"[a-z']+")
_LIST_MARK = re.compile(r"[\s*•·-]*(?:\d+\.\s+)?")
_MIN_PART_WORDS = 3  # of shorter parts, such as names of illnesses, the language can't be told
_SIGNAL_WORD = re.compile(r"^[A-ZÄÖÜÁÉÍÓÚÑ]{4,}:? (?=\S)")  # "WARNING" in front of a statement
_STRONG_HINTS = {"de": re.compile(r"[äöüß]"), "es": re.compile(r"[ñ¿¡áéíóú]")}


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim: rule, words, their sentence, 1-based line of the paragraph, language, markets of the rule."""

    id: str
    words: str
    sentence: str
    line: int
    language: str
    markets: tuple[str, ...]

    @property
    def claim(self) -> str:
        return self.id.split("-")[0]

    @property
    def marked(self) -> str:
        """The sentence with the words in »…«."""
        return self.sentence.replace(self.words, f"»{self.words}«", 1)

    def __str__(self) -> str:
        return f"{self.id}: “{self.words}” may not be said ({', '.join(self.markets)}): {self.marked}"


def check(text: str, market: str | None = None, lang: str | None = None) -> list[Finding]:
    """Every claim in plain text. Default: the rules of all markets, and the language guessed per sentence."""
    guides = Path(settings.GUIDES_DIR)
    found: list[Finding] = []
    for paragraph, line in paragraphs(clean(text)):
        sentences = split_sentences(paragraph)
        for index, sentence in enumerate(sentences):
            seen_claims: set[str] = set()  # one finding per class is enough to reject a sentence
            previous = sentences[index - 1] if index else ""
            following = sentences[index + 1] if index + 1 < len(sentences) else ""
            for finding in _in_sentence(sentence, previous, following, lang, guides):
                is_forbidden = market is None or market.upper() in finding.markets
                if is_forbidden and finding.claim not in seen_claims:
                    seen_claims.add(finding.claim)
                    found.append(replace(finding, line=line))
            if not seen_claims and (spaced := find_spaced_letters(sentence)):
                found.append(
                    Finding("T1-spaced", spaced, sentence.strip(), line, lang or LANGUAGES[0], MARKETS)
                )
    return found


def check_html(markup: str, market: str | None = None, lang: str | None = None) -> list[Finding]:
    """`check` for HTML, including alternative texts, titles and meta descriptions."""
    return check(visible_text(markup), market, lang)


@cache_of_short_texts(4096)
def _in_sentence(
    sentence: str, previous: str, following: str, lang: str | None, guides: Path
) -> tuple[Finding, ...]:
    """Findings of all markets, on line 1. Cached: a text that is saved again differs in few sentences."""
    normalized = normalize_with_positions(sentence)
    plain_words = _LIST_MARK.sub("", normalized.text, count=1).strip()
    if plain_words in claim_context.evidence_sentences(guides):
        return ()
    statement = normalize(_SIGNAL_WORD.sub("", sentence.strip(), count=1)).strip()
    is_reviewed = not claim_context.reviewed_sentences(guides).isdisjoint({plain_words, statement})
    read = [
        (rules, variant)
        for rules in _lexicons(sentence, normalized, lang)
        for variant in _variants(normalized, rules)
    ]
    asks = is_question(normalized.text)
    languages = frozenset(rules.language for rules, _ in read)
    found = tuple(
        Finding(rule.id, sentence[variant.span(*span)], sentence.strip(), 1, rules.language, rule.markets)
        for rules, variant in read
        for rule, span in _find_claims(variant, normalize(previous), normalize(following), rules)
        if not (is_reviewed and isinstance(rule, Frame))
        and not (not asks and _is_taken_back(rule, normalize(previous), read))
    )
    if not (is_reviewed or sentence_pairs.is_answered_no(normalized.text)):
        found += tuple(_in_parts(sentence, languages))
    if previous and not (found or is_reviewed or asks):
        found = tuple(_with_antecedents(previous, sentence, read))
    is_denied = any(sentence_pairs.is_followed_by_denial(normalize(following), rules) for rules, _ in read)
    if found or is_reviewed or asks or is_denied:
        return found
    return _held_by_score(sentence.strip(), read)


def _in_parts(sentence: str, languages: frozenset[str]) -> Iterator[Finding]:
    """Findings in parts of a sentence that are in none of its `languages`: "Un juego bonito, relieves back pain"."""
    for part in BETWEEN_PARTS.split(sentence):
        if len(part.split()) < _MIN_PART_WORDS:
            continue
        normalized = normalize_with_positions(part)
        scores = _language_scores(part, normalized.text)
        best = max(scores.values())
        likely = {code for code in LANGUAGES if scores[code] == best}
        for rules in map(lexicon, sorted(likely - languages if best == 0 or not likely & languages else ())):
            for rule, span in _find_claims(normalized, "", "", rules):
                yield Finding(
                    rule.id, part[normalized.span(*span)], sentence.strip(), 1, rules.language, rule.markets
                )


def _with_antecedents(previous: str, sentence: str, read: Read) -> Iterator[Finding]:
    """The first finding in the sentence with what the one before names in the place of its pronoun."""
    for rules in {rules.language: rules for rules, _ in read}.values():
        for reading in antecedents.readings(previous, sentence, rules):
            alone = {rule.id for rule, _ in _find_claims(_as_written(reading.name), "", "", rules)}
            for rule, _ in _find_claims(_as_written(reading.text), "", "", rules):
                is_hazard = isinstance(rule, Frame) and rule.is_hazard
                if rule.id not in alone and (reading.hazards if is_hazard else reading.claims):
                    whole = sentence.strip()
                    yield Finding(rule.id, whole, whole, 1, rules.language, rule.markets)
                    return


def _as_written(normalized: str) -> NormalizedText:
    return NormalizedText(normalized, range(len(normalized)))


def _is_taken_back(rule: Rule | Frame, previous: str, read: Read) -> bool:
    """Whether the score is sure that the sentence is harmless; an answer, and what is plainly told to do, is judged by
    the rules alone."""
    if is_question(previous) or (isinstance(rule, Frame) and rule.mode == "told"):
        return False
    harmless = [reads_harmless(variant.text, rules.language) for rules, variant in read]
    if isinstance(rule, Frame) and rule.is_hazard:
        return all(judged.hazard for judged in harmless)
    is_contextual = isinstance(rule, Frame) or bool(rule.topic)
    return all(judged.contextual if is_contextual else judged.any for judged in harmless)


def _held_by_score(sentence: str, read: Read) -> tuple[Finding, ...]:
    """A finding if the sentence reads like a claim in a language that it may be in, and in none like a mere caution."""
    if any(reads_like_caution(variant.text, rules.language) for rules, variant in read):
        return ()
    cautious = any(is_cautious(variant.text, rules.language) for rules, variant in read)
    if not any(reads_like_claim(v.text, rules.language, is_cautious=cautious) for rules, v in read):
        return ()
    return (Finding("T3-reads", sentence, sentence, 1, read[0][0].language, MARKETS),)


def _variants(normalized: NormalizedText, rules: Lexicon) -> Iterator[NormalizedText]:
    yield normalized
    yield from undo_obfuscation(normalized)
    yield from split_words(normalized)
    if rules.language == "de":
        for written in (normalized, *split_words(normalized)):
            german = without_umlaut_digraphs(written)
            if german.text != written.text:
                yield german


def _find_claims(
    variant: NormalizedText, previous: str, following: str, rules: Lexicon
) -> Iterator[tuple[Rule | Frame, tuple[int, int]]]:
    context = claim_context.SentenceContext(variant.text, rules)
    if sentence_pairs.is_followed_by_pitch(context.text, following, rules):
        for rule in candidate_rules(rules, context.text):
            if rule.topic and (found := rule.pattern.search(context.text)):
                yield rule, found.span()
    if (
        claim_context.is_neutral_question(context.text, rules)
        or sentence_pairs.is_followed_by_advice(context.text, following, rules)
        or sentence_pairs.is_followed_by_denial(following, rules)
        or sentence_pairs.is_answered_no(context.text)
    ):
        yield from _find_in_question(context, following, rules)
        return
    if (answer := sentence_pairs.find_affirmation(previous, context.text, rules)) is not None:
        for rule in candidate_rules(rules, previous):
            if rule.topic and rule.topic != "bettered" and rule.pattern.search(previous):
                yield rule, answer
        for frame, _ in find_in_frames(previous, frames(rules.language)):
            yield frame, answer
    for rule in candidate_rules(rules, context.text):
        words = _find_claim(context, rule, rules)
        if words:
            yield rule, words
    yield from _find_in_frames(context, previous, following, rules)


def _find_in_frames(
    context: claim_context.SentenceContext, previous: str, following: str, rules: Lexicon
) -> Iterator[tuple[Frame, tuple[int, int]]]:
    if is_question(context.normalized):
        yield from _find_in_question(context, following, rules)
        return
    table = frames(rules.language)
    found = [*find_in_frames(context.normalized, table)]
    if is_question(previous):
        answered = find_in_frames(context.normalized, table, previous)
        found += [(frame, words) for frame, words in answered if frame.mode == "told"]
    for frame, words in found:
        if frame.is_hazard or not claim_context.is_excused(context, words, frame, rules):
            yield frame, words


def _find_in_question(
    context: claim_context.SentenceContext, following: str, rules: Lexicon
) -> Iterator[tuple[Frame, tuple[int, int]]]:
    """Frames of a question with its answer ("Blood thinners? Pump less."); alone, those that a question fills too.

    A neutral question ("Do you take blood thinners?") is a hazard only with what its answer tells to do.
    """
    if not is_question(context.normalized):
        return
    table = frames(rules.language)
    is_open = table.polarity.is_open_question(context.normalized, following)
    is_neutral = claim_context.is_neutral_question(context.text, rules)
    is_about_part = "PART" in table.classes_in(following)  # "Cold hands? Silicone gets softer in warm water."
    for frame, words in find_in_frames(context.normalized, table, "" if is_open else following):
        if frame.asks:
            yield frame, words
        elif is_neutral:
            if not is_open and frame.is_hazard and frame.beside and _fills_beside(frame, following, table):
                yield frame, words
        elif is_open or (is_about_part and not frame.is_hazard):
            continue
        elif frame.is_hazard or not claim_context.is_excused(context, words, frame, rules):
            yield frame, words


def _fills_beside(frame: Frame, answer: str, table: Frames) -> bool:
    return all(table.classes_in(answer).intersection(group) for group in frame.beside)


def _find_claim(context: claim_context.SentenceContext, rule: Rule, rules: Lexicon) -> tuple[int, int] | None:
    """Start and end of the first claim by this rule in the sentence, or None."""
    if rule.topic and not context.makes_claim(rule.topic):
        return None
    if rule.guarded and context.has_caution:
        return None  # an ailment named in advice, a warning or background information
    found = rule.pattern.search(context.text)
    while found:
        denied = claim_context.is_negated(context, found.start(), found.end(), rule, rules)
        if not denied and not claim_context.is_quoted_history(context.normalized, rule, rules):
            return found.span()
        found = rule.pattern.search(
            context.text, found.start() + 1
        )  # a negated phrase may contain another claim
    return None


def _lexicons(sentence: str, normalized: NormalizedText, lang: str | None) -> tuple[Lexicon, ...]:
    scores = _language_scores(sentence, normalized.text)
    best = max(scores.values())
    if lang is None:  # all that are equally likely, since a miss is worse than a false alarm
        return tuple(lexicon(code) for code in LANGUAGES if scores[code] == best or scores[code] >= 2)
    said = supported_language(lang)
    others = (code for code in LANGUAGES if code != said and scores[code] == best >= 2 + scores[said])
    return (lexicon(said), *map(lexicon, others))


def _language_scores(sentence: str, normalized: str) -> dict[str, int]:
    """Language -> how many of its common words, and of its letters, the sentence has."""
    scores = dict.fromkeys(LANGUAGES, 0)
    telling = distinctive_words()
    for word in _WORD.findall(normalized):
        if word in telling:
            scores[telling[word]] += 1
    if not sentence.isascii():
        for code, hint in _STRONG_HINTS.items():
            scores[code] += 2 * bool(hint.search(sentence.lower()))
    return scores
