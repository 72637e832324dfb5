""" "Is cupping for me?": the questions, from the same records as the insert's never list. It holds no answer, ever."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.guidebook.languages import Texts, pick
from store.guidebook.records import Said, Statement

# tier of a "yes" -> the outcome it leads to; the strictest one wins.
OUTCOMES: Mapping[str, str] = {"N": "never", "D": "ask", "H": "helper"}
ORDER = ("never", "ask", "helper", "read")
_STATEMENTS = {"never": "SC-NEVER", "ask": "SC-ASK", "helper": "SC-HELPER", "read": "SC-READ"}


@dataclass(frozen=True, slots=True)
class Question:
    """`text` asks, `statement` is the same thing as the insert's list says it (for the page without JavaScript)."""

    id: str
    tier: str
    outcome: str
    text: str
    statement: str


@dataclass(frozen=True, slots=True)
class SelfCheck:
    title: str
    intro: tuple[Said, ...]
    questions: tuple[Question, ...]
    outcomes: Mapping[str, Said]
    yes: str
    no: str

    def by_outcome(self, outcome: str) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.outcome == outcome)

    def result(self, yes: Iterable[str]) -> str:
        """What the browser's script must come to as well; here only for tests, no request carries answers."""
        reached = {q.outcome for q in self.questions if q.id in set(yes)}
        return next((outcome for outcome in ORDER if outcome in reached), "read")


def build(
    statements: Mapping[str, Statement], headings: Mapping[str, Texts], labels: Mapping[str, Texts], lang: str
) -> SelfCheck:
    lang = pick(lang)
    asked = [s for s in statements.values() if s.kind == "contraindication" and s.asks]
    return SelfCheck(
        title=headings["self-check"][lang],
        intro=tuple(statements[id_].said(lang) for id_ in ("SC-HOWTO", "SC-PRIVATE")),
        questions=tuple(
            Question(s.id, s.tier or "", OUTCOMES[s.tier or ""], s.asks[lang], s.text(lang)) for s in asked
        ),
        outcomes={name: statements[id_].said(lang) for name, id_ in _STATEMENTS.items()},
        yes=labels["yes"][lang],
        no=labels["no"][lang],
    )
