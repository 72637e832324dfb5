"""The self-check "Is cupping for me?": questions built from the contraindications. No answer is ever stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.guidebook.languages import Texts, supported_language
from store.guidebook.records import LocalizedStatement, Statement

# tier of a "yes" -> the outcome it leads to; the strictest one wins.
OUTCOMES: Mapping[str, str] = {"N": "never", "D": "ask", "H": "helper"}
ORDER = ("never", "ask", "helper", "read")
_STATEMENTS = {"never": "SC-NEVER", "ask": "SC-ASK", "helper": "SC-HELPER", "read": "SC-READ"}


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is the question, `statement` the wording of the insert's list, used where JavaScript is off."""

    id: str
    tier: str
    outcome: str
    text: str
    statement: str


@dataclass(frozen=True, slots=True)
class SelfCheck:
    title: str
    intro: tuple[LocalizedStatement, ...]
    questions: tuple[Question, ...]
    outcomes: Mapping[str, LocalizedStatement]
    yes: str
    no: str

    def by_outcome(self, outcome: str) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.outcome == outcome)

    def result(self, yes: Iterable[str]) -> str:
        """The outcome for the question ids answered yes. Used by tests only: answers never leave the browser."""
        reached = {q.outcome for q in self.questions if q.id in set(yes)}
        return next((outcome for outcome in ORDER if outcome in reached), "read")


def build_self_check(
    statements: Mapping[str, Statement], headings: Mapping[str, Texts], labels: Mapping[str, Texts], lang: str
) -> SelfCheck:
    lang = supported_language(lang)
    questioned = [s for s in statements.values() if s.kind == "contraindication" and s.asks]
    return SelfCheck(
        title=headings["self-check"][lang],
        intro=tuple(statements[id_].in_language(lang) for id_ in ("SC-HOWTO", "SC-PRIVATE")),
        questions=tuple(
            Question(s.id, s.tier or "", OUTCOMES[s.tier or ""], s.asks[lang], s.text(lang))
            for s in questioned
        ),
        outcomes={name: statements[id_].in_language(lang) for name, id_ in _STATEMENTS.items()},
        yes=labels["yes"][lang],
        no=labels["no"][lang],
    )
