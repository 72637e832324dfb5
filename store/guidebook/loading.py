"""Reads guides/ into records: facts, sources, limits, statements, figures.

Every function raises GuidebookError with file, line and remedy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.guidebook.languages import LANGUAGES, Texts, country_name
from store.guidebook.limit_words import FORMS, PLACEHOLDER, format_limit
from store.guidebook.mechanisms import Mechanism
from store.guidebook.records import Claim, Conflict, Fact, Figure, Limit, Maker, SignOff, Source, Statement
from store.guidebook.toml_records import TomlFile, read_toml, read_toml_folder

KINDS = frozenset(
    [
        "warning",
        "limit",
        "contraindication",
        "site",
        "stop",
        "release",
        "first-aid",
        "red-flag",
        "red-flag-act",
        "step",
        "aftercare",
        "effect",
        "cleaning",
        "storage",
        "wear",
        "disposal",
        "note",
        "answer",
        "evidence",
        "history",
        "outcome",
    ]
)
SIGNALS = frozenset({"WARNING", "CAUTION", "NOTICE"})
TIERS = frozenset({"N", "D", "S", "H"})
STATUSES = frozenset({"CARRY", "RULE", "ASK", "PROHIBIT", "BLOCK", "DROP"})
_STATEMENT_KEYS = frozenset(
    {
        "kind",
        "signal",
        "tier",
        "urgency",
        "sources",
        "cautious",
        "figure",
        "materials",
        "mechanisms",
        "quotes",
    }
    | set(LANGUAGES)
    | {f"ask_{lang}" for lang in LANGUAGES}
)


@dataclass(frozen=True, slots=True)
class GuideRecords:
    """The records that guides and inserts refer to, by id."""

    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    limits: Mapping[str, Limit]
    labels: Mapping[str, Texts]
    headings: Mapping[str, Texts]
    statements: Mapping[str, Statement]
    figures: Mapping[str, Figure]


def read_records(root: Path) -> GuideRecords:
    facts, sources, limits = read_facts(root), read_sources(root), read_limits(root)
    labels, headings = (read_texts(root / name, limits) for name in ("labels.toml", "headings.toml"))
    figures = read_figures(root, limits)
    statements: dict[str, Statement] = {}
    for file in read_toml_folder(root / "statements"):
        for id_, data in file.data.items():
            if id_ in statements:
                file.raise_error(
                    line=file.line_of(id_),
                    problem=f"{id_} is already defined in {statements[id_].file}.",
                    remedy="Give one of the two another id.",
                )
            context = _StatementContext(
                facts=facts, sources=sources, limits=limits, labels=labels, figures=figures
            )
            statements[id_] = _statement(file, id_, data, context)
    return GuideRecords(facts, sources, limits, labels, headings, statements, figures)


@dataclass(frozen=True, slots=True)
class _StatementContext:
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    limits: Mapping[str, Limit]
    labels: Mapping[str, Texts]
    figures: Mapping[str, Figure]


def _statement(file: TomlFile, id_: str, data: Mapping[str, Any], context: _StatementContext) -> Statement:
    file.check_keys(id_, data, _STATEMENT_KEYS)
    _require_one_of(file, id_, data, "kind", KINDS)
    if "signal" in data:
        _require_one_of(file, id_, data, "signal", SIGNALS)
    if "tier" in data:
        _require_one_of(file, id_, data, "tier", TIERS)
    _check_sources(file, id_, data, context)
    figure = data.get("figure")
    if figure and figure not in context.figures:
        file.raise_error(
            line=file.line_of(id_, "figure"),
            problem=f"{id_} shows the figure '{figure}', which is not there.",
            remedy="Draw it in figures/ and describe it in figures/figures.toml.",
        )
    return Statement(
        id=id_,
        kind=data["kind"],
        texts=fill_limits(file, id_, file.texts(id_, data), context.limits),
        signal=data.get("signal"),
        tier=data.get("tier"),
        urgency=data.get("urgency"),
        sources=tuple(data.get("sources", ())),
        cautious=data.get("cautious"),
        figure=figure,
        materials=tuple(data.get("materials", ())),
        mechanisms=_mechanisms(file, id_, data),
        quotes=tuple(data.get("quotes", ())),
        asks=_question_texts(file, id_, data, context.limits),
        labels=context.labels.get(data.get("signal", ""), {}),
        file=file.path,
        line=file.line_of(id_),
    )


def _mechanisms(file: TomlFile, id_: str, data: Mapping[str, Any]) -> tuple[Mechanism, ...]:
    names = data.get("mechanisms", ())
    for name in set(names) - set(Mechanism):
        file.raise_error(
            line=file.line_of(id_, "mechanisms"),
            problem=f"{id_} names the mechanism '{name}', which does not exist.",
            remedy=f"Use one of: {', '.join(Mechanism)}.",
        )
    return tuple(Mechanism(name) for name in names)


def _require_one_of(
    file: TomlFile, id_: str, data: Mapping[str, Any], key: str, allowed: frozenset[str]
) -> None:
    if data.get(key) not in allowed:
        file.raise_error(
            line=file.line_of(id_, key),
            problem=f"{id_} has {key} = {data.get(key)!r}.",
            remedy=f"Use one of: {', '.join(sorted(allowed))}.",
        )


def _check_sources(file: TomlFile, id_: str, data: Mapping[str, Any], context: _StatementContext) -> None:
    """Each statement needs a source or a reason (`cautious`), and no source may be a fact that may not be printed."""
    named = [*data.get("sources", ()), *data.get("quotes", ())]
    if not named and not data.get("cautious"):
        file.raise_error(
            line=file.line_of(id_),
            problem=f"{id_} names no source.",
            remedy='Add sources = ["F-…"], or cautious = "why this was chosen".',
        )
    for name in named:
        fact = context.facts.get(name)
        if fact is None and name not in context.sources:
            file.raise_error(
                line=file.line_of(id_, "sources"),
                problem=f"{id_} names the source '{name}', which is neither in facts.toml nor in sources.toml.",
                remedy="Correct the id, or add the source.",
            )
        if fact is not None and not fact.must_be_published:
            file.raise_error(
                line=file.line_of(id_, "sources"),
                problem=f"{id_} rests on {name}, which may not be printed ({fact.status}).",
                remedy="Take the statement out, or rest it on another source.",
            )


def _question_texts(file: TomlFile, id_: str, data: Mapping[str, Any], limits: Mapping[str, Limit]) -> Texts:
    if not any(f"ask_{lang}" in data for lang in LANGUAGES):
        return {}
    return fill_limits(file, id_, file.texts(id_, data, prefix="ask_"), limits)


def fill_limits(file: TomlFile, id_: str, texts: Texts, limits: Mapping[str, Limit]) -> Texts:
    """Replace {minutes_max} by its number from limits.toml; every language must name the same limits."""
    name_sets = {lang: {m[1] for m in PLACEHOLDER.finditer(words)} for lang, words in texts.items()}
    for lang, names in name_sets.items():
        if names != name_sets[LANGUAGES[0]]:
            file.raise_error(
                line=file.line_of(id_, lang),
                problem=f"{id_} names other limits in '{lang}' than in '{LANGUAGES[0]}'.",
                remedy=f"Use the same: {', '.join(sorted(name_sets[LANGUAGES[0]])) or 'none'}.",
            )
        for name in names - set(limits):
            file.raise_error(
                line=file.line_of(id_, lang),
                problem=f"{id_} names the limit '{{{name}}}', which is not in limits.toml.",
                remedy="Correct the name, or add the limit.",
            )
        for form in {m[2] for m in PLACEHOLDER.finditer(texts[lang]) if m[2]} - FORMS:
            file.raise_error(
                line=file.line_of(id_, lang),
                problem=f"{id_} writes a limit in the form '{form}', which does not exist.",
                remedy=f"Use one of: {', '.join(sorted(FORMS))}, or none for digits.",
            )
    return {
        lang: PLACEHOLDER.sub(lambda m: format_limit(limits[m[1]].value, m[2], lang), words)  # noqa: B023
        for lang, words in texts.items()
    }


def read_facts(root: Path) -> Mapping[str, Fact]:
    file = read_toml(root / "facts.toml")
    facts = {}
    for id_, data in file.data.items():
        file.check_keys(id_, data, {"status", "seeds", "says", "rule", "history"})
        _require_one_of(file, id_, data, "status", STATUSES)
        facts[id_] = Fact(
            id_,
            data["status"],
            data["says"],
            tuple(data["seeds"]),
            data.get("rule"),
            data.get("history", False),
        )
    return facts


def read_sources(root: Path) -> Mapping[str, Source]:
    file = read_toml(root / "sources.toml")
    for id_, data in file.data.items():
        file.check_keys(id_, data, {"title", "how"})
    return {id_: Source(id_, data["title"], data["how"]) for id_, data in file.data.items()}


def read_limits(root: Path) -> Mapping[str, Limit]:
    file = read_toml(root / "limits.toml")
    for id_, data in file.data.items():
        file.check_keys(id_, data, {"value", "rule", "meaning"})
        if not isinstance(data.get("value"), int) or data["value"] < 1:
            file.raise_error(
                line=file.line_of(id_, "value"),
                problem=f"The limit {id_} is not a whole number above 0.",
                remedy="Write value = a number.",
            )
    return {id_: Limit(id_, data["value"], data["rule"], data["meaning"]) for id_, data in file.data.items()}


def read_texts(path: Path, limits: Mapping[str, Limit]) -> Mapping[str, Texts]:
    file = read_toml(path)
    for id_, data in file.data.items():
        file.check_keys(id_, data, LANGUAGES)
    return {id_: fill_limits(file, id_, file.texts(id_, data), limits) for id_, data in file.data.items()}


def read_conflicts(root: Path) -> Mapping[str, Conflict]:
    file = read_toml(root / "conflicts.toml")
    return {
        id_: Conflict(
            id_,
            data["topic"],
            data["rule"],
            tuple(data["carried_by"]),
            tuple(data.get("limits", ())),
            tuple(data.get("order", ())),
            tuple(data.get("never", ())),
            tuple(data.get("except", ())),
            tuple(data.get("no_slug", ())),
        )
        for id_, data in file.data.items()
    }


def read_claims(root: Path) -> Mapping[str, Claim]:
    file = read_toml(root / "claims.toml")
    return {
        id_: Claim(id_, data["verdict"], data["about"], tuple(data["seeds"]), tuple(data.get("instead", ())))
        for id_, data in file.data.items()
    }


def read_figures(root: Path, limits: Mapping[str, Limit]) -> Mapping[str, Figure]:
    file = read_toml(root / "figures" / "figures.toml")
    figures = {}
    for slug, data in file.data.items():

        def texts(key: str, entry: Mapping[str, Any], name: str = slug) -> Texts:
            record = f"{name}.{key}"
            return fill_limits(file, record, file.texts(record, entry), limits)

        drawing = root / "figures" / f"{slug}.svg"
        if not drawing.exists():
            file.raise_error(
                line=file.line_of(f"{slug}.title"),
                problem=f"The figure {slug} has no drawing.",
                remedy=f"Put it at {drawing}.",
            )
        figures[slug] = Figure(
            slug,
            drawing.read_text(encoding="utf-8"),
            texts("title", data["title"]),
            texts("alt", data["alt"]),
            tuple(texts("legend", entry) for entry in data.get("legend", ())),
            _mechanisms(file, slug, data),
        )
    return figures


def read_maker(root: Path) -> Maker:
    file = read_toml(root / "maker.toml")
    for block, required in (
        ("maker", {"name", "trade_name", "address", "email"}),
        ("responsible_person", {"name", "address", "email"}),
        ("contact", {"email"}),
    ):
        for key in sorted(required - {k for k, v in file.data.get(block, {}).items() if str(v).strip()}):
            file.raise_error(
                line=file.line_of(block),
                problem=f"The block [{block}] has no {key}.",
                remedy="The law asks for it on every offer: fill it in.",
            )
    data = file.data
    for block in ("maker", "responsible_person"):
        if "country" in data[block] and country_name(data[block]["country"], "en") is None:
            file.raise_error(
                line=file.line_of(block),
                problem=f"The country of [{block}] is no code of ISO 3166.",
                remedy='Write two letters, such as country = "DE".',
            )
    return Maker(bool(data.get("example", True)), data["maker"], data["responsible_person"], data["contact"])


def read_signoffs(root: Path) -> tuple[SignOff, ...]:
    file = read_toml(root / "signoff.toml")
    signoffs = []
    for entry in file.data.get("signed", ()):
        missing = [
            k
            for k in ("insert", "version", "name", "role", "date", "digest")
            if not str(entry.get(k, "")).strip()
        ]
        if missing:
            file.raise_error(
                line=file.line_with("[[signed]]"),
                problem=f"A signature lacks: {', '.join(missing)}.",
                remedy="A signature is a person's name, role and date, the version and its digest.",
            )
        signoffs.append(
            SignOff(
                entry["insert"],
                str(entry["version"]),
                entry["name"],
                entry["role"],
                str(entry["date"]),
                entry["digest"],
            )
        )
    return tuple(signoffs)
