"""Who says what: the table that a person reads before signing an insert."""

from collections.abc import Iterator

from store.guidebook.inserts import Insert
from store.guidebook.library import Library
from store.guidebook.records import Statement


def table(shelf: Library) -> str:
    return "\n".join(_lines(shelf)) + "\n"


def _lines(shelf: Library) -> Iterator[str]:
    yield "# Who says what in the safety inserts"
    yield ""
    yield "For the person who signs. Made by `manage.py guidebook_build --only evidence` from `guides/`, not by hand."
    yield "Each line is one statement, the inserts that print it, and what it rests on. Seed lines are the three"
    yield "documents the project began with (S0, S1, S2). *general* and *second-hand* sources were not read in the"
    yield "original: check those first. **Our choice** means that no source settles it, with the reason."
    yield ""
    yield "| Insert | Version | Digest to sign | Signed by |"
    yield "|---|---|---|---|"
    for insert in shelf.inserts.values():
        signed = insert.signed_by
        name = f"{signed.name}, {signed.role}, {signed.date}" if signed else "nobody yet"
        yield f"| {insert.slug} | {insert.version} | `{insert.fingerprint}` | {name} |"
    yield ""
    yield (
        "Limits: " + "; ".join(f"{x.meaning}: **{x.value}** ({x.rule})" for x in shelf.limits.values()) + "."
    )
    yield ""
    yield from _statements(shelf)
    yield from _conflicts(shelf)
    yield from _sources(shelf)


def _statements(shelf: Library) -> Iterator[str]:
    order = list(shelf.inserts.values())
    told = {id_: s for insert in order for id_, s in insert.statements.items()}
    for kind in dict.fromkeys(s.kind for s in told.values()):
        yield f"## {kind}"
        yield ""
        yield "| Statement | Text | In | Rests on |"
        yield "|---|---|---|---|"
        for statement in (s for s in told.values() if s.kind == kind):
            yield _row(statement, order, shelf)
        yield ""


def _row(statement: Statement, order: list[Insert], shelf: Library) -> str:
    marks = " ".join(m for m in (statement.signal, f"tier {statement.tier}" if statement.tier else None) if m)
    short = ", ".join(i.slug.split("-")[0] for i in order if statement.id in i.statements)
    return f"| `{statement.id}` {marks} | {statement.text('en')} | {short} | {_rests_on(statement, shelf)} |"


def _rests_on(statement: Statement, shelf: Library) -> str:
    said = []
    for name in statement.sources:
        if name in shelf.facts:
            fact = shelf.facts[name]
            said.append(f"{name} ({', '.join(fact.seeds)}{', ' + fact.rule if fact.rule else ''})")
        else:
            said.append(f"{name} (*{shelf.sources[name].how}*)")
    if statement.cautious:
        said.append(f"**Our choice:** {statement.cautious}")
    return "; ".join(said)


def _conflicts(shelf: Library) -> Iterator[str]:
    yield "## Where the seeds disagree"
    yield ""
    yield "| | Topic | Home rule | Printed by |"
    yield "|---|---|---|---|"
    for conflict in shelf.conflicts.values():
        yield f"| {conflict.id} | {conflict.topic} | {conflict.rule} | {', '.join(conflict.carried_by)} |"
    yield ""


def _sources(shelf: Library) -> Iterator[str]:
    yield "## Sources"
    yield ""
    for source in shelf.sources.values():
        yield f"- **{source.id}** ({source.how}): {source.title}"
