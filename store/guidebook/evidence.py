"""The evidence table (docs/insert-evidence.md): each printed statement with its sources, for the person who signs."""

from collections.abc import Iterator

from store.guidebook.inserts import Insert
from store.guidebook.library import Library
from store.guidebook.records import Statement


def render_table(library: Library) -> str:
    return "\n".join(_lines(library)) + "\n"


def _lines(library: Library) -> Iterator[str]:
    yield "# Who says what in the safety inserts"
    yield ""
    yield "For the person who signs. Made by `manage.py guidebook_build --only evidence` from `guides/`, not by hand."
    yield "Each line is one statement, the inserts that print it, and what it rests on. Seed lines are the three"
    yield "documents the project began with (S0, S1, S2). *general* and *second-hand* sources were not read in the"
    yield "original: check those first. **Our choice** means that no source settles it, with the reason."
    yield ""
    yield "| Insert | Version | Digest to sign | Signed by |"
    yield "|---|---|---|---|"
    for insert in library.inserts.values():
        signed = insert.signed_by
        name = f"{signed.name}, {signed.role}, {signed.date}" if signed else "nobody yet"
        yield f"| {insert.slug} | {insert.version} | `{insert.fingerprint}` | {name} |"
    yield ""
    yield (
        "Limits: "
        + "; ".join(f"{x.meaning}: **{x.value}** ({x.rule})" for x in library.limits.values())
        + "."
    )
    yield ""
    yield from _statements(library)
    yield from _conflicts(library)
    yield from _sources(library)


def _statements(library: Library) -> Iterator[str]:
    inserts = list(library.inserts.values())
    printed = {id_: s for insert in inserts for id_, s in insert.statements.items()}
    for kind in dict.fromkeys(s.kind for s in printed.values()):
        yield f"## {kind}"
        yield ""
        yield "| Statement | Text | In | Rests on |"
        yield "|---|---|---|---|"
        for statement in (s for s in printed.values() if s.kind == kind):
            yield _row(statement, inserts, library)
        yield ""


def _row(statement: Statement, inserts: list[Insert], library: Library) -> str:
    marks = " ".join(m for m in (statement.signal, f"tier {statement.tier}" if statement.tier else None) if m)
    slugs = ", ".join(i.slug.split("-")[0] for i in inserts if statement.id in i.statements)
    return f"| `{statement.id}` {marks} | {statement.text('en')} | {slugs} | {_format_sources(statement, library)} |"


def _format_sources(statement: Statement, library: Library) -> str:
    sources = []
    for name in statement.sources:
        if name in library.facts:
            fact = library.facts[name]
            sources.append(f"{name} ({', '.join(fact.seeds)}{', ' + fact.rule if fact.rule else ''})")
        else:
            sources.append(f"{name} (*{library.sources[name].how}*)")
    if statement.cautious:
        sources.append(f"**Our choice:** {statement.cautious}")
    return "; ".join(sources)


def _conflicts(library: Library) -> Iterator[str]:
    yield "## Where the seeds disagree"
    yield ""
    yield "| | Topic | Home rule | Printed by |"
    yield "|---|---|---|---|"
    for conflict in library.conflicts.values():
        yield f"| {conflict.id} | {conflict.topic} | {conflict.rule} | {', '.join(conflict.carried_by)} |"
    yield ""


def _sources(library: Library) -> Iterator[str]:
    yield "## Sources"
    yield ""
    for source in library.sources.values():
        yield f"- **{source.id}** ({source.how}): {source.title}"
