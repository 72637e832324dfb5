"""Limits of documents, checked before execution: tokens, depth, fields, mutations, introspection and cost.

Every check costs time in proportion to the document, also with fragments that spread each other many times. The cost
is in `query_cost`. What can't be known before (lists without a page size) is counted during execution, see
`ResultTooLarge`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    Visitor,
    parse,
    specified_rules,
    validate,
    visit,
)
from graphql.validation import ASTValidationRule, NoSchemaIntrospectionCustomRule

from store.engine.graphql.query_cost import Cost
from store.saleor.text import clean_text

MAX_ERRORS = 20
# Each of these works out a password hash, which is slow on purpose; a client needs one of them at a time.
PASSWORD_MUTATIONS = frozenset(
    {
        "tokenCreate",
        "accountRegister",
        "setPassword",
        "passwordChange",
        "confirmEmailChange",
        "requestEmailChange",
    }
)


class QueryLimitExceeded(GraphQLError):
    """The document selects more rows, fields or levels than one request may."""


class QueryCostError(QueryLimitExceeded):
    """The request costs more than GRAPHQL_MAX_COST; named and worded as in Saleor."""

    def __init__(self, cost: int, limit: int) -> None:
        super().__init__(f"The query exceeds the maximum cost of {limit}. Actual cost is {cost}")
        self.cost, self.limit = cost, limit


class ResultTooLarge(BaseException):
    """The lists of a result hold more items than GRAPHQL_MAX_ITEMS. No Exception, so that no handler takes it for the
    failure of one field."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The result has more than {limit} list items. Ask for smaller pages or fewer lists."
        )


def parse_and_validate(text: str, schema: GraphQLSchema) -> tuple[DocumentNode | None, list[GraphQLError]]:
    """(document, errors): the document is None when it can't be parsed; errors are of syntax, limits or validation."""
    try:
        document = parse(text, max_tokens=settings.GRAPHQL_MAX_TOKENS, no_location=False)
    except GraphQLError as error:
        return None, [error]
    except RecursionError:
        return None, [GraphQLError("The document is nested too deeply.")]
    if "\\u" in text:  # anything else was cleaned with the request
        visit(document, _LiteralCleaner())
    rules: list[type[ASTValidationRule]] = list(specified_rules)
    if not settings.GRAPHQL_INTROSPECTION:
        rules.append(NoSchemaIntrospectionCustomRule)
    try:
        # Before the standard rules, which are themselves slow on absurd nesting and repetition
        depth_of(document)
        count_fields(document)
        count_mutations(document)
        errors = validate(schema, document, rules, max_errors=MAX_ERRORS)
    except QueryLimitExceeded as error:
        errors = [error]
    except RecursionError:
        errors = [GraphQLError("The document is nested too deeply.")]
    return document, errors


class _LiteralCleaner(Visitor):
    """Cleans the texts that stand in the document itself, where escapes may write any character."""

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        node.value = clean_text(node.value)


def depth_of(document: DocumentNode) -> int:
    """Levels of the deepest operation without introspection; raises QueryLimitExceeded beyond GRAPHQL_MAX_DEPTH."""
    limit: int = settings.GRAPHQL_MAX_DEPTH
    fragments = _fragments(document)
    depths: dict[str, int] = {}

    def depth_below(selections: SelectionSetNode | None, level: int, path: tuple[str, ...]) -> int:
        if level > limit:
            raise QueryLimitExceeded(f"The document is more than {limit} levels deep.")
        deepest = level
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode) and not node.name.value.startswith("__"):
                deepest = max(deepest, depth_below(node.selection_set, level + 1, path))
            elif isinstance(node, InlineFragmentNode):
                deepest = max(deepest, depth_below(node.selection_set, level, path))
            elif isinstance(node, FragmentSpreadNode):
                deepest = max(deepest, level + depth_of_fragment(node.name.value, path))
                if deepest > limit:
                    raise QueryLimitExceeded(f"The document is more than {limit} levels deep.")
        return deepest

    def depth_of_fragment(name: str, path: tuple[str, ...]) -> int:
        if name not in fragments or name in path:  # unknown or circular: errors of the standard rules
            return 0
        if name not in depths:
            depths[name] = depth_below(fragments[name].selection_set, 0, (*path, name))
        return depths[name]

    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return max((depth_below(operation.selection_set, 0, ()) for operation in operations), default=0)


def count_fields(document: DocumentNode) -> int:
    """Fields that execution would visit, fragments expanded, plus the pairs of fields of one name that validation
    compares; raises QueryLimitExceeded beyond GRAPHQL_MAX_FIELDS.

    Counted by expanding as execution does, and given up at the limit: a few lines of fragments can stand for billions.
    """
    limit: int = settings.GRAPHQL_MAX_FIELDS
    fragments = _fragments(document)
    total = 0

    def expand(selection_sets: list[SelectionSetNode]) -> None:
        nonlocal total
        counts: Counter[str] = Counter()
        below: dict[str, list[SelectionSetNode]] = {}
        for node in _flattened(selection_sets, fragments):
            total += 1
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                total += counts[key]
                counts[key] += 1
                if node.selection_set:
                    below.setdefault(key, []).append(node.selection_set)
            if total > limit:
                raise QueryLimitExceeded(
                    f"The document stands for more than {limit} fields. Ask for less at once."
                )
        for sets in below.values():
            expand(sets)

    for definition in document.definitions:  # unused fragments are validated, too
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            expand([definition.selection_set])
    return total


def count_mutations(document: DocumentNode) -> None:
    """Raise QueryLimitExceeded for more root mutations than GRAPHQL_MAX_MUTATIONS, or several that hash passwords."""
    limit: int = settings.GRAPHQL_MAX_MUTATIONS
    names = [node.name.value for node in root_fields(document, OperationType.MUTATION)]
    if len(names) > limit:
        raise QueryLimitExceeded(f"A request may hold at most {limit} mutations.")
    if sum(name in PASSWORD_MUTATIONS for name in names) > 1:
        raise QueryLimitExceeded("A request may hold only one mutation that checks or sets a password.")


def root_fields(document: DocumentNode, of: OperationType | None = None) -> Iterator[FieldNode]:
    """The root fields of all operations, or of those of one type; of fragments, too."""
    fragments = _fragments(document)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode) and of in (None, operation.operation):
            for node in _flattened([operation.selection_set], fragments):
                if isinstance(node, FieldNode):
                    yield node


def _flattened(
    selection_sets: Iterable[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[SelectionNode]:
    """The nodes of one level, inline fragments and spreads followed by what is in them, each fragment once."""
    visited: set[str] = set()
    waiting = [node for selection_set in selection_sets for node in reversed(selection_set.selections)]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, InlineFragmentNode):
            waiting.extend(reversed(node.selection_set.selections))
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in visited:
            visited.add(node.name.value)
            if fragment := fragments.get(node.name.value):
                waiting.extend(reversed(fragment.selection_set.selections))


def check_cost(cost: Cost) -> None:
    """Raise QueryLimitExceeded beyond GRAPHQL_MAX_COST, or for more list items in arguments than GRAPHQL_MAX_ITEMS."""
    limit: int = settings.GRAPHQL_MAX_COST
    if cost.query > limit:
        raise QueryCostError(cost.query, limit)
    limit = settings.GRAPHQL_MAX_ITEMS
    if cost.list_items > limit:
        raise QueryLimitExceeded(
            f"The lists that are given stand for more than {limit} items. Give shorter ones."
        )


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }
