"""Searches products and guides in the shopper's language, and says why each was found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from store import guidebook
from store.guidebook.guides import Guide
from store.saleor import clients
from store.saleor.client.search_index import SearchIndexProductsEdgesNode as Answer
from store.saleor.translations import translated_name
from store.storefront import catalog_index, languages, richtext, search_words
from store.storefront.catalog_index import IndexedProduct
from store.storefront.connections import ConnectionAnswer, all_nodes
from store.storefront.search_words import Term

NAME, LISTED, PROSE = 8, 4, 1  # how much a match counts in a name, a listed fact, running text
SHORTEST_SKU = 4  # characters of an article number that are enough to find it
SNIPPET = 90  # characters of a text around what was found
MAX_GUIDES = 4

Parts = tuple[tuple[str, bool], ...]  # a text in parts, each with whether it is what was looked for


@dataclass(frozen=True, slots=True)
class SearchField:
    """A text that is looked into. `label` says what it is; empty for the name, which a card shows anyway."""

    label: str
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was found: its name with the words marked, and the fact that has the others, if it is another."""

    name: Parts
    label: str = ""
    found: Parts = ()


@dataclass(frozen=True, slots=True)
class FoundProduct:
    """`sku` is that of the variant whose article number was searched for, else empty."""

    product: IndexedProduct
    reason: Reason
    score: float
    sku: str = ""


@dataclass(frozen=True, slots=True)
class FoundGuide:
    slug: str
    reason: Reason
    summary: Parts
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Best matches first. `corrected`: (typed, meant) for each word that was found only when it was corrected.

    `catalog`: every product, found or not.
    """

    catalog: Sequence[IndexedProduct]
    products: Sequence[FoundProduct]
    guides: Sequence[FoundGuide]
    corrected: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SearchedProduct:
    product: IndexedProduct
    fields: Sequence[SearchField]
    skus: Sequence[str]


def search(text: str, channel: str) -> SearchResult:
    """Raises SaleorError."""
    searched = _fetch(channel)
    catalog = [one.product for one in searched]
    if found := _by_article_number(text, searched):
        return SearchResult(catalog, found, (), ())
    guide_fields = _guide_fields(languages.current())
    vocabulary = _vocabulary([*(one.fields for one in searched), *guide_fields.values()])
    terms = search_words.terms(text, vocabulary)
    products = [hit for one in searched if (hit := _found_product(one, terms))]
    guides = [own for slug, fields in guide_fields.items() if (own := _found_guide(slug, fields, terms))]
    return SearchResult(
        catalog,
        sorted(products, key=lambda hit: (-hit.score, hit.product.beginner_rank)),
        sorted(guides, key=lambda hit: -hit.score)[:MAX_GUIDES],
        [(term.corrected_from, term.typed) for term in terms if term.corrected_from],
    )


# --- what is looked into ------------------------------------------------------------------------------
def _fetch(channel: str) -> list[SearchedProduct]:
    client, language = clients.storefront(), languages.current_code()

    def fetch_after(cursor: str | None) -> ConnectionAnswer[Answer] | None:
        return client.search_index(
            channel=channel, first=catalog_index.PER_CALL, after=cursor, language=language
        ).products

    return [_searched(answer) for answer in all_nodes(fetch_after(None), fetch_after)]


def _searched(answer: Answer) -> SearchedProduct:
    product = catalog_index.indexed(answer)
    edges = answer.product_variants.edges if answer.product_variants else ()
    return SearchedProduct(
        product, list(_fields(answer, product)), [edge.node.sku for edge in edges if edge.node.sku]
    )


def _fields(answer: Answer, product: IndexedProduct) -> Iterator[SearchField]:
    yield SearchField("", product.name, NAME)
    yield SearchField(_("Name"), answer.name, NAME)
    for key, label in {catalog_index.MATERIAL: _("Material"), **product.labels}.items():
        yield SearchField(label, _listed(product.values.get(key, ())), LISTED)
    if sizes := answer.cup_sizes:
        yield SearchField(
            translated_name(sizes.attribute), _listed(catalog_index.assigned_values(sizes)), LISTED
        )
    edges = answer.product_variants.edges if answer.product_variants else ()
    yield SearchField(_("Choices"), ", ".join(translated_name(edge.node) for edge in edges), LISTED)
    if box := answer.box_contents:
        text = getattr(box, "text_translation", None) or getattr(box, "text", None) or ""
        yield SearchField(translated_name(box.attribute), ", ".join(text.splitlines()), LISTED)
    own = answer.own_words.description if answer.own_words else None
    yield SearchField(_("Description"), richtext.plain(own or answer.description), PROSE)


def _listed(values: Iterable[catalog_index.FacetValue]) -> str:
    return ", ".join(value.name for value in values)


@lru_cache(maxsize=8)
def _guide_fields(lang: str) -> dict[str, tuple[SearchField, ...]]:
    """By slug. The texts are files that a running shop does not change."""
    return {slug: _fields_of_guide(guide, lang) for slug, guide in guidebook.library().guides.items()}


def _fields_of_guide(guide: Guide, lang: str) -> tuple[SearchField, ...]:
    return (
        SearchField("", guide.title(lang), NAME),
        SearchField("", guide.summary(lang), LISTED),
        SearchField("", guide.text(lang), PROSE),
    )


def _vocabulary(fields: Iterable[Iterable[SearchField]]) -> set[str]:
    return {word.form for own in fields for field in own for word in search_words.words(field.text)}


# --- what was found -----------------------------------------------------------------------------------
def _by_article_number(text: str, searched: Iterable[SearchedProduct]) -> list[FoundProduct]:
    """The products with a SKU that begins with the text, if there are any."""
    wanted = search_words.compact(text)
    if len(wanted) < SHORTEST_SKU or not any(char in "-_0123456789" for char in text):
        return []
    found = []
    for one in searched:
        skus = [sku for sku in one.skus if search_words.compact(sku).startswith(wanted)]
        if skus:
            reason = Reason(((one.product.name, False),), _("Article number"), ((skus[0], True),))
            found.append(FoundProduct(one.product, reason, 1, skus[0]))
    return found


def _found_product(searched: SearchedProduct, terms: Sequence[Term]) -> FoundProduct | None:
    score = _score(searched.fields, terms)
    if not score:
        return None
    name, *others = searched.fields
    return FoundProduct(searched.product, _reason(name, others, terms), score)


def _found_guide(slug: str, fields: Sequence[SearchField], terms: Sequence[Term]) -> FoundGuide | None:
    score = _score(fields, terms)
    if not score:
        return None
    title, summary, _text = fields
    stems = [stem for term in terms for stem in term.stems]
    return FoundGuide(slug, _reason(title, (), terms), search_words.marked(summary.text, stems), score)


def _score(fields: Sequence[SearchField], terms: Sequence[Term]) -> float:
    """0 unless every term is found; higher for what is in a name and for the word itself than for a synonym."""
    best = [max((field.weight * _fit(field.text, term) for field in fields), default=0) for term in terms]
    return sum(best) if best and all(best) else 0


def _fit(text: str, term: Term) -> float:
    """2 for the word that was typed, 1 for a synonym, 0 where neither is in the text."""
    forms = [word.form for word in search_words.words(text)]
    if any(form.startswith((term.typed, term.stems[0])) for form in forms):
        return 2
    return 1 if any(form.startswith(term.stems) for form in forms) else 0


def _reason(name: SearchField, others: Iterable[SearchField], terms: Sequence[Term]) -> Reason:
    stems = [stem for term in terms for stem in term.stems]
    marked = search_words.marked(name.text, stems)
    missing = [term for term in terms if not _fit(name.text, term)]
    fields = [field for field in others if missing and _fit(field.text, missing[0])]
    if not fields:
        return Reason(marked)
    best = max(fields, key=lambda field: field.weight * _fit(field.text, missing[0]))
    return Reason(marked, best.label, search_words.marked(_snippet(best.text, missing[0]), stems))


def _snippet(text: str, term: Term) -> str:
    """The text around the first word that is meant, cut between words."""
    stems = (term.typed, *term.stems)
    word = next(word for word in search_words.words(text) if word.form.startswith(stems))
    if len(text) <= SNIPPET:
        return text
    start = max(0, word.start - SNIPPET // 3)
    start = text.find(" ", start) + 1 if start else 0
    stop = text.rfind(" ", word.stop, start + SNIPPET)
    stop = len(text) if start + SNIPPET >= len(text) else max(stop, word.stop)
    return f"{'… ' if start else ''}{text[min(start, word.start) : stop]}{' …' if stop < len(text) else ''}"
