"""How objects of one kind are written: the fields of an object, and the mutations that take them.

Names of fields say which mutation takes them: `translation de`, `metadata KEY`, `private metadata KEY`; the others are
those of the mutations that create and change the object.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from store.move.context import MoveContext
from store.move.shop_api import Mutation, Node

LANGUAGES = ("de", "es")
TRANSLATION, METADATA, PRIVATE_METADATA = "translation ", "metadata ", "private metadata "
EXTRAS = (TRANSLATION, METADATA, PRIVATE_METADATA)
Fields = dict[str, Any]
_METADATA = {
    METADATA: Mutation("updateMetadata", "", {"id": "ID!", "input": "[MetadataInput!]!"}),
    PRIVATE_METADATA: Mutation("updatePrivateMetadata", "", {"id": "ID!", "input": "[MetadataInput!]!"}),
}


@dataclass(frozen=True)
class Kind:
    """`to_input`: the API's input of some fields, with the new shop's ids. Without `update` a change is not sent.

    `left`: beginnings of names of fields that another mutation takes, after `create` and `update`.
    """

    name: str
    create: Mutation
    update: Mutation | None
    translate: Mutation | None = None
    to_input: Callable[[MoveContext, Fields], Fields] = lambda _, fields: fields
    left: tuple[str, ...] = ()


def carry_object(
    context: MoveContext,
    kind: Kind,
    key: str,
    fields: Fields,
    *,
    found: tuple[str, Fields] | None,
    create_only: Callable[[], Fields] = dict,
    beside_input: Callable[[], Fields] = dict,
    after: Callable[[str, Fields], None] = lambda id_, fields: None,
) -> str:
    """Carry an object with its metadata and translations; returns its id in the new shop, "" if it was deleted there.

    `create_only`: what the input of `create` takes beside the fields; `beside_input`: its other arguments. `after`
    writes the fields that `kind.left` names.
    """

    def create() -> str:
        given = {**_own(kind, fields), **create_only()}
        written = context.mutate(
            kind.name, key, kind.create, input=kind.to_input(context, given), **beside_input()
        )
        _write_extras(context, kind, key, written.id, fields)
        after(written.id, {name: value for name, value in fields.items() if name.startswith(kind.left)})
        return written.id

    def update(id_: str, changed: Collection[str]) -> None:
        chosen = {name: fields[name] for name in changed}
        if (own := _own(kind, chosen)) and kind.update:
            context.mutate(kind.name, key, kind.update, id=id_, input=kind.to_input(context, own))
        _write_extras(context, kind, key, id_, chosen)
        after(id_, {name: value for name, value in chosen.items() if name.startswith(kind.left)})

    return context.carry(kind.name, key, fields, found=found, create=create, update=update)


def _own(kind: Kind, fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if not name.startswith((*EXTRAS, *kind.left))}


def _write_extras(context: MoveContext, kind: Kind, key: str, id_: str, fields: Fields) -> None:
    for name, value in fields.items():
        if kind.translate and name.startswith(TRANSLATION):
            code = name.removeprefix(TRANSLATION).upper()
            context.mutate(
                f"{kind.name} translation", key, kind.translate, id=id_, languageCode=code, input=value
            )
    for prefix, mutation in _METADATA.items():
        items = [
            {"key": name.removeprefix(prefix), "value": value}
            for name, value in fields.items()
            if name.startswith(prefix)
        ]
        if items:
            context.mutate(f"{kind.name} metadata", key, mutation, id=id_, input=items)


def metadata(node: Node) -> Fields:
    """A field for each entry, so that an entry of the new shop's own stays beside it."""
    return {
        **{f"{METADATA}{one['key']}": one["value"] for one in node.get("metadata") or ()},
        **{f"{PRIVATE_METADATA}{one['key']}": one["value"] for one in node.get("privateMetadata") or ()},
    }


def translations(node: Node, names: Collection[str] = ("name",)) -> Fields:
    """A field for each language in which one of `names` is translated; empty texts are left out."""
    fields = {}
    for language in LANGUAGES:
        texts = {name: text for name in names if (text := (node.get(language) or {}).get(name))}
        if texts:
            fields[f"{TRANSLATION}{language}"] = texts
    return fields


def seo(node: Node) -> Fields:
    return {"title": node["seoTitle"] or "", "description": node["seoDescription"] or ""}


def by_key(nodes: Collection[Node], key: str) -> Mapping[str, Node]:
    return {node[key]: node for node in nodes if node[key]}


def create_and_update(noun: str, inputs: tuple[str, str], *, returns: str = "") -> tuple[Mutation, Mutation]:
    """`nounCreate` and `nounUpdate` with their input types."""
    returned = returns or noun
    return (
        Mutation(f"{noun}Create", returned, {"input": f"{inputs[0]}!"}),
        Mutation(f"{noun}Update", returned, {"id": "ID!", "input": f"{inputs[1]}!"}),
    )


def translate(noun: str, input_type: str) -> Mutation:
    arguments = {"id": "ID!", "languageCode": "LanguageCodeEnum!", "input": f"{input_type}!"}
    return Mutation(f"{noun}Translate", "", arguments)
