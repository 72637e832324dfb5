"""Documents that were parsed, validated and compiled, kept for the next request that sends the same text.

Storefront and seed send the same few documents, so most requests skip all three. A field costs some kilobytes as syntax
tree and plan, whatever its text is, so the cache is bounded by fields; documents that are large are not kept at all.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from graphql import DocumentNode, GraphQLError

from store.engine.graphql.compiled_executor import Plan, compile_operation
from store.engine.graphql.query_cost import NO_COSTS, DocumentCosts, document_costs
from store.engine.graphql.query_limits import QueryLimitExceeded, count_fields, parse_and_validate
from store.engine.graphql.schema import schema

MAX_FIELDS = 20_000  # of all documents together: some 60 MB at the most
MAX_FIELDS_OF_DOCUMENT = 2_500
FIELDS_OF_INVALID = 100  # what an error and its source cost, in fields
MAX_CHARACTERS = 100_000


@dataclass(slots=True)
class CheckedDocument:
    """A document with its validation errors; `plans` by operation name, None where graphql-core executes."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...]
    fields: int
    costs: DocumentCosts = NO_COSTS
    plans: dict[str | None, Plan | None] = field(default_factory=dict)

    def plan(self, name: str | None) -> Plan | None:
        if self.document is None:
            return None
        if name not in self.plans:
            plan = compile_operation(schema(), self.document, name)
            if plan is None:
                return None  # names come from the client: those without a plan are not remembered
            self.plans[name] = plan
        return self.plans[name]


class DocumentCache:
    """Least recently used documents go first. Thread-safe; two threads may check the same new document twice."""

    def __init__(self, check: Callable[[str], CheckedDocument], max_fields: int = MAX_FIELDS) -> None:
        self.check, self.max_fields, self.used_fields = check, max_fields, 0
        self._entries: OrderedDict[str, CheckedDocument] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, text: str) -> CheckedDocument:
        """The checked document of a text, from the cache if it is there."""
        with self._lock:
            if entry := self._entries.get(text):
                self._entries.move_to_end(text)
                return entry
        entry = self.check(text)
        if entry.fields <= MAX_FIELDS_OF_DOCUMENT and len(text) <= MAX_CHARACTERS:
            self._put(text, entry)
        return entry

    def _put(self, text: str, entry: CheckedDocument) -> None:
        with self._lock:
            if text in self._entries:
                return
            self._entries[text] = entry
            self.used_fields += entry.fields
            while self.used_fields > self.max_fields:
                _, evicted = self._entries.popitem(last=False)
                self.used_fields -= evicted.fields


def check_document_text(text: str) -> CheckedDocument:
    """Parse and validate; the result says what is wrong."""
    document, errors = parse_and_validate(text, schema())
    costs = NO_COSTS if errors or document is None else document_costs(document, schema())
    return CheckedDocument(document, tuple(errors), _fields(document, errors), costs)


def _fields(document: DocumentNode | None, errors: list[GraphQLError]) -> int:
    if document is None or errors:
        return FIELDS_OF_INVALID + (len(errors[0].source.body) // 20 if errors and errors[0].source else 0)
    try:
        return count_fields(document)
    except QueryLimitExceeded:
        return MAX_FIELDS


DOCUMENTS = DocumentCache(check_document_text)
