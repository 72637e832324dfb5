"""Runs a checked document: what graphql-core's executor does, but prepared once per document, not once per row.

A list of twenty products is some two thousand fields; nearly all of the time went into finding out for each of them
again which type it has and how it is resolved. `prepare` finds that out once and keeps functions; `Plan.run` calls
them. Results and errors are those of `graphql.execute_sync` (a test compares the two); whatever is unusual, such as
introspection, `@include` and subscriptions, is left to it (`prepare` gives None).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic
from typing import Any

from graphql import (
    BREAK,
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Visitor,
    is_abstract_type,
    is_leaf_type,
    visit,
)
from graphql.error import located_error
from graphql.execution.values import get_argument_values, get_variable_values
from graphql.pyutils import inspect

from store.engine.graphql import deadline
from store.engine.graphql.naming import to_snake
from store.engine.graphql.registry import type_name_of

Path = tuple[Any, Any] | None  # (path of the parent, key), innermost last
Finish = Callable[[Any, Path, "State"], Any]
TYPENAME = "__typename"


class State:
    """One run: who asks, the variables, what went wrong so far; arguments and infos of fields once each."""

    __slots__ = ("arguments", "context", "errors", "infos", "plan", "root", "until", "variables")

    def __init__(self, plan: "Plan", root: Any, context: Any, variables: dict[str, Any]) -> None:
        self.plan, self.root, self.context, self.variables = plan, root, context, variables
        self.errors: list[GraphQLError] = []
        self.arguments: dict[Step, dict[str, Any]] = {}
        self.infos: dict[Step, GraphQLResolveInfo] = {}
        self.until = deadline.until()


class Step:
    """One field of a selection: how its value is got and what becomes of it."""

    __slots__ = (
        "attribute",
        "field",
        "finish",
        "has_arguments",
        "key",
        "leaf",
        "name",
        "nodes",
        "parent",
        "required",
        "resolve",
    )

    def __init__(
        self, key: str, nodes: list[FieldNode], parent: GraphQLObjectType, field: GraphQLField
    ) -> None:
        self.key, self.nodes, self.parent, self.field = key, nodes, parent, field
        self.name = nodes[0].name.value
        self.resolve = field.resolve
        self.has_arguments = bool(field.args)
        plain = self.resolve is None or getattr(self.resolve, "is_default", False)
        self.attribute = to_snake(self.name) if plain else None
        self.required = isinstance(field.type, GraphQLNonNull)
        self.leaf: Callable[[Any], Any] | None = None
        self.finish: Finish | None = None

    def value(self, source: Any, state: State) -> Any:
        """What the resolver says."""
        info = state.infos.get(self) or self._info(state)
        if not self.has_arguments:
            return self.resolve(source, info)  # type: ignore[misc]
        arguments = state.arguments.get(self)
        if arguments is None:
            arguments = get_argument_values(self.field, self.nodes[0], state.variables)
            state.arguments[self] = arguments
        return self.resolve(source, info, **arguments)  # type: ignore[misc]

    def _info(self, state: State) -> GraphQLResolveInfo:
        plan = state.plan
        info = GraphQLResolveInfo(
            self.name,
            self.nodes,
            self.field.type,
            self.parent,
            None,  # type: ignore[arg-type]  # where a row stands is known to errors only
            plan.schema,
            plan.fragments,
            state.root,
            plan.operation,
            state.variables,
            state.context,
            _never,
        )
        state.infos[self] = info
        return info


def _never(_value: Any) -> bool:
    return False


class Plan:
    """A document made ready. Kept and used by any number of requests, in any thread."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
        root_type: GraphQLObjectType,
    ) -> None:
        self.schema, self.operation, self.fragments = schema, operation, fragments
        self.complete = self._object(root_type, [operation.selection_set])

    def run(self, root: Any, context: Any, variables: Mapping[str, Any] | None) -> ExecutionResult:
        coerced = get_variable_values(
            self.schema, self.operation.variable_definitions, dict(variables or {}), max_errors=50
        )
        if isinstance(coerced, list):
            return ExecutionResult(data=None, errors=coerced)
        state = State(self, root, context, coerced)
        try:
            data = self.complete(root, None, state)
        except GraphQLError as error:
            state.errors.append(error)
            data = None
        return ExecutionResult(data, state.errors or None)

    # --- preparing ------------------------------------------------------------------------------------
    def _object(self, type_: GraphQLObjectType, selections: Sequence[SelectionSetNode]) -> Finish:
        collected: dict[str, list[FieldNode]] = {}
        self._collect(type_, selections, collected)
        steps = [self._step(type_, key, nodes) for key, nodes in collected.items()]
        name = type_.name

        def complete(source: Any, path: Path, state: State) -> dict[str, Any]:
            done: dict[str, Any] = {}
            is_dict = source.__class__ is dict
            for step in steps:
                key = step.key
                attribute = step.attribute
                try:
                    if attribute is None:
                        value = step.value(source, state)
                    elif attribute == TYPENAME:
                        done[key] = name
                        continue
                    else:
                        value = source.get(attribute) if is_dict else getattr(source, attribute)
                    if value is None:
                        if step.required:
                            raise _null(step)
                        done[key] = None
                    elif step.leaf is not None:
                        done[key] = step.leaf(value)
                    else:
                        done[key] = step.finish(value, (path, key), state)  # type: ignore[misc]
                except Exception as error:
                    located = located_error(error, step.nodes, _as_list((path, key)))
                    if step.required:
                        raise located from error
                    state.errors.append(located)
                    done[key] = None
            return done

        return complete

    def _collect(
        self,
        type_: GraphQLObjectType,
        selections: Sequence[SelectionSetNode],
        found: dict[str, list[FieldNode]],
    ) -> None:
        for one in (one for selection in selections for one in selection.selections):
            if isinstance(one, FieldNode):
                key = one.alias.value if one.alias else one.name.value
                found.setdefault(key, []).append(one)
            elif isinstance(one, InlineFragmentNode):
                condition = one.type_condition.name.value if one.type_condition else type_.name
                if self._fits(condition, type_):
                    self._collect(type_, [one.selection_set], found)
            elif isinstance(one, FragmentSpreadNode):
                fragment = self.fragments[one.name.value]
                if self._fits(fragment.type_condition.name.value, type_):
                    self._collect(type_, [fragment.selection_set], found)

    def _fits(self, condition: str, type_: GraphQLObjectType) -> bool:
        if condition == type_.name:
            return True
        wider = self.schema.get_type(condition)
        return is_abstract_type(wider) and self.schema.is_sub_type(wider, type_)  # type: ignore[arg-type]

    def _step(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Step:
        name = nodes[0].name.value
        if name == TYPENAME:
            step = Step(key, nodes, parent, GraphQLField(self.schema.type_map["String"]))  # type: ignore[arg-type]
            step.attribute = TYPENAME
            return step
        step = Step(key, nodes, parent, parent.fields[name])
        type_: Any = (
            step.field.type.of_type if isinstance(step.field.type, GraphQLNonNull) else step.field.type
        )
        if is_leaf_type(type_):
            step.leaf = _leaf(type_)
        else:
            step.finish = self._finish(type_, step)
        return step

    def _finish(self, type_: Any, step: Step) -> Finish:
        """What becomes of a value that isn't None."""
        if isinstance(type_, GraphQLList):
            return self._list(type_, step)
        if is_leaf_type(type_):
            leaf = _leaf(type_)
            return lambda value, path, state: leaf(value)
        selections = [node.selection_set for node in step.nodes if node.selection_set]
        if is_abstract_type(type_):
            return self._abstract(type_, selections)
        return self._object(type_, selections)

    def _list(self, type_: Any, step: Step) -> Finish:
        required = isinstance(type_.of_type, GraphQLNonNull)
        item = type_.of_type.of_type if required else type_.of_type
        finish = self._finish(item, step)

        def complete(values: Any, path: Path, state: State) -> list[Any]:
            done: list[Any] = []
            for at, value in enumerate(_items(values, step)):
                if monotonic() > state.until:
                    raise deadline.TooSlow
                try:
                    if value is None:
                        if required:
                            raise _null(step)
                        done.append(None)
                    else:
                        done.append(finish(value, (path, at), state))
                except Exception as error:
                    located = located_error(error, step.nodes, _as_list((path, at)))
                    if required:
                        raise located from error
                    state.errors.append(located)
                    done.append(None)
            return done

        return complete

    def _abstract(self, type_: Any, selections: Sequence[SelectionSetNode]) -> Finish:
        """An interface or union: prepared for a type when a value of it first turns up."""
        possible = {one.name: one for one in self.schema.get_possible_types(type_)}
        ready: dict[str, Finish] = {}

        def complete(value: Any, path: Path, state: State) -> Any:
            name = type_name_of(value)
            finish = ready.get(name)
            if finish is None:
                if name not in possible:
                    raise GraphQLError(
                        f"Runtime Object type '{name}' is not a possible type for '{type_.name}'."
                    )
                finish = ready[name] = self._object(possible[name], selections)
            return finish(value, path, state)

        return complete


def _null(step: Step) -> GraphQLError:
    # A TypeError in graphql-core, wrapped there as here
    return located_error(
        TypeError(f"Cannot return null for non-nullable field {step.parent.name}.{step.name}."), step.nodes
    )


def _items(values: Any, step: Step) -> Any:
    if isinstance(values, list | tuple):
        return values
    if isinstance(values, str | bytes | Mapping) or not hasattr(values, "__iter__"):
        raise GraphQLError(
            f"Expected Iterable, but did not find one for field '{step.parent.name}.{step.name}'."
        )
    return values


def _leaf(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    serialize = type_.serialize
    own: type[Any] | None = {"String": str, "ID": str, "Boolean": bool}.get(type_.name)
    name = type_.name

    def leaf(value: Any) -> Any:
        if value.__class__ is own:
            return value
        found = serialize(value)
        if found is None:
            raise TypeError(
                f"Expected `{name}.serialize({inspect(value)})` to return non-nullable value, returned: None"
            )
        return found

    return leaf


def _as_list(path: Path) -> list[str | int]:
    return list(_keys(path))[::-1]


def _keys(path: Path) -> Iterator[Any]:
    while path is not None:
        path, key = path
        yield key


def prepare(schema: GraphQLSchema, document: DocumentNode, name: str | None = None) -> Plan | None:
    """A plan for a checked document's operation; None when graphql-core shall run it."""
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    wanted = [one for one in operations if name is None or (one.name and one.name.value == name)]
    if len(wanted) != 1 or wanted[0].directives or wanted[0].operation is OperationType.SUBSCRIPTION:
        return None
    root = schema.get_root_type(wanted[0].operation)
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    if root is None or _unusual(document):
        return None
    return Plan(schema, wanted[0], fragments, root)


def _unusual(document: DocumentNode) -> bool:
    """Directives and introspection: rare, and done well by graphql-core."""
    finder = _Finder()
    visit(document, finder)
    return finder.found


class _Finder(Visitor):
    found = False

    def enter_directive(self, *_: Any) -> Any:
        self.found = True
        return BREAK

    def enter_field(self, node: FieldNode, *_: Any) -> Any:
        if node.name.value.startswith("__") and node.name.value != TYPENAME:
            self.found = True
            return BREAK
        return None
