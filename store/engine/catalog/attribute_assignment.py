"""Giving a product, a variant or a page its values.

What is wished comes as the API's AttributeValueInput with the attribute looked up and references as primary keys
(`Wish`). Choices are found by id, external reference or name, and made when new; every other input type has one
value of its own per owner.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Max

from store.engine.catalog.attributes import choice_slug
from store.engine.catalog.editorjs import cleaned, words
from store.engine.catalog.models import (
    AssignedPageAttributeValue,
    AssignedProductAttributeValue,
    AssignedVariantAttributeValue,
    Attribute,
    AttributeValue,
    Page,
    Product,
    ProductVariant,
)
from store.engine.channels.validation import called
from store.engine.channels.wording import check_words
from store.engine.errors import NotFound, Refusal, Refusals

Owner = Product | ProductVariant | Page

TABLES: dict[type[Owner], tuple[Any, str]] = {
    Product: (AssignedProductAttributeValue, "product"),
    ProductVariant: (AssignedVariantAttributeValue, "variant"),
    Page: (AssignedPageAttributeValue, "page"),
}
REFERENCE_COLUMNS = {
    "PAGE": ("reference_page", "title"),
    "PRODUCT": ("reference_product", "name"),
    "PRODUCT_VARIANT": ("reference_variant", "name"),
    "CATEGORY": ("reference_category", "name"),
    "COLLECTION": ("reference_collection", "name"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said about one attribute. `references`: rows that it points to, None when nothing was said of them."""

    attribute: Attribute
    given: Mapping[str, Any]
    references: Sequence[Any] | None = None


def check_wishes(wishes: Sequence[Wish], *, required: Iterable[Attribute] = ()) -> None:
    """Refuse impossible wishes before anything is written; `required` are all that must have a value."""
    problems = [problem for wish in wishes for problem in _wrong(wish)]
    said = {wish.attribute.pk for wish in wishes if not _empty(wish)}
    if missing := [one for one in required if one.value_required and one.pk not in said]:
        problems.append(
            Refusal(
                "All attributes flagged as requiring a value must be supplied.",
                field="attributes",
                code="REQUIRED",
                attributes=missing,
            )
        )
    if problems:
        raise Refusals(problems)


def _wrong(wish: Wish) -> Iterable[Refusal]:
    attribute, given = wish.attribute, wish.given
    about: dict[str, Any] = {"field": "attributes", "attributes": [attribute]}
    if attribute.value_required and _empty(wish):
        yield Refusal("Attribute expects a value.", code="REQUIRED", **about)
    if attribute.input_type in ("DROPDOWN", "SWATCH") and len(given.get("values") or ()) > 1:
        yield Refusal("Attribute must take only one value.", **about)
    if attribute.input_type == "SINGLE_REFERENCE" and len(wish.references or ()) > 1:
        yield Refusal("Attribute must take only one value.", **about)
    if wish.references and _points_elsewhere(wish):
        yield Refusal("A reference is not of a type that the attribute may point to.", **about)
    if attribute.input_type == "NUMERIC" and not _empty(wish) and _number(_single(wish, "numeric")) is None:
        yield Refusal("Numeric value is required.", **about)
    for choice in _choices(given):
        if len(choice.get("value") or "") > 250:
            yield Refusal("Attribute value length is exceeded.", **about)


def _points_elsewhere(wish: Wish) -> bool:
    """An attribute may name the product or page types that it points to; without any it points to all."""
    attribute, rows = wish.attribute, wish.references or ()
    types: Any
    match attribute.entity_type:
        case "PRODUCT":
            types, found = attribute.reference_product_types, {row.product_type_id for row in rows}
        case "PRODUCT_VARIANT":
            types, found = attribute.reference_product_types, {row.product.product_type_id for row in rows}
        case "PAGE":
            types, found = attribute.reference_page_types, {row.page_type_id for row in rows}
        case _:
            return False
    allowed = set(types.values_list("pk", flat=True))
    return bool(allowed) and not allowed.issuperset(found)


def _choices(given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    named = [given[name] for name in ("dropdown", "swatch") if given.get(name)]
    return [*named, *(given.get("multiselect") or ()), *({"value": one} for one in given.get("values") or ())]


def _empty(wish: Wish) -> bool:
    given = wish.given
    kind = wish.attribute.input_type
    if wish.attribute.with_choices:
        return not any(
            choice.get(key) for choice in _choices(given) for key in ("id", "external_reference", "value")
        )
    if wish.attribute.is_reference:
        return not wish.references
    if kind == "BOOLEAN":
        return given.get("boolean") is None
    return _single(wish, _FIELDS[kind]) in (None, "")


_FIELDS = {
    "NUMERIC": "numeric",
    "PLAIN_TEXT": "plain_text",
    "RICH_TEXT": "rich_text",
    "DATE": "date",
    "DATE_TIME": "date_time",
    "FILE": "file",
    "BOOLEAN": "boolean",
}


def _single(wish: Wish, name: str) -> Any:
    """The field of its own, or the first of the old `values`."""
    found = wish.given.get(name)
    return found if found is not None else next(iter(wish.given.get("values") or ()), None)


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def assign(*, owner: Owner, wishes: Sequence[Wish]) -> None:
    """Make the wishes true. Inside the caller's transaction, after `check_wishes`."""
    table, link = TABLES[type(owner)]
    for wish in wishes:
        said = _said(wish)
        check_words(said, of=called(owner), field="attributes", attributes=[wish.attribute])
        values = [] if _empty(wish) else MAKERS.get(wish.attribute.input_type, _own_value)(owner, wish)
        _place(owner, wish.attribute, values, table, link)


def _said(wish: Wish) -> Mapping[str, Any]:
    """The words of a wish: a text of its own, or the names of choices."""
    if wish.attribute.with_choices:
        return {"name": [choice.get("value") for choice in _choices(wish.given)]}
    name = _FIELDS.get(wish.attribute.input_type, "")
    return {name: _single(wish, name)} if name in ("plain_text", "rich_text") else {}


def _place(
    owner: Owner, attribute: Attribute, values: Sequence[AttributeValue], table: Any, link: str
) -> None:
    rows = {row.value_id: row for row in table.objects.filter(**{link: owner, "value__attribute": attribute})}
    wanted = [value.pk for value in values]
    if gone := [row for pk, row in rows.items() if pk not in wanted]:
        table.objects.filter(pk__in=[row.pk for row in gone]).delete()
        if not attribute.with_choices and attribute.input_type != "BOOLEAN":
            AttributeValue.objects.filter(pk__in=[row.value_id for row in gone]).delete()
    for at, value in enumerate(values):
        if value.pk not in rows:
            table.objects.create(**{link: owner, "value": value, "sort_order": at})
        elif rows[value.pk].sort_order != at:
            table.objects.filter(pk=rows[value.pk].pk).update(sort_order=at)


# --- a value for each input type ----------------------------------------------------------------------
def _chosen(owner: Owner, wish: Wish) -> list[AttributeValue]:
    return list(dict.fromkeys(_choice(wish.attribute, one) for one in _choices(wish.given)))


def _choice(attribute: Attribute, given: Mapping[str, Any]) -> AttributeValue:
    """By pk, by external reference, by name; a name that is new becomes a new choice."""
    rows = AttributeValue.objects.filter(attribute=attribute)
    name = (given.get("value") or "").strip()
    if given.get("id"):
        found = rows.filter(pk=given["id"]).first()
        if found is None:
            raise NotFound(
                "The value does not belong to this attribute.", field="attributes", attributes=[attribute]
            )
        return found
    reference = given.get("external_reference")
    if reference and (found := rows.filter(external_reference=reference).first()):
        return found
    if found := rows.filter(name=name).first() or rows.filter(slug=name).first():
        return found
    last = rows.aggregate(last=Max("sort_order"))["last"]
    return AttributeValue.objects.create(
        attribute=attribute,
        name=name,
        slug=choice_slug(attribute, name),
        external_reference=reference,
        sort_order=0 if last is None else last + 1,
    )


def _yes_or_no(owner: Owner, wish: Wish) -> list[AttributeValue]:
    given = wish.given.get("boolean")
    attribute, yes = wish.attribute, bool(given)
    value, _ = AttributeValue.objects.get_or_create(
        attribute=attribute,
        slug=f"{attribute.pk}_{str(yes).lower()}",
        defaults={"name": f"{attribute.name}: {'Yes' if yes else 'No'}", "boolean": yes},
    )
    return [value]


def _pointed(owner: Owner, wish: Wish) -> list[AttributeValue]:
    column, title = REFERENCE_COLUMNS[str(wish.attribute.entity_type)]
    return [
        _kept(
            wish.attribute,
            f"{_prefix(owner)}{owner.pk}_{target.pk}",
            {"name": str(getattr(target, title))[:250], f"{column}_id": target.pk},
        )
        for target in wish.references or ()
    ]


def _prefix(owner: Owner) -> str:
    """Products and variants share attributes, so that their values' slugs must not meet."""
    return "variant-" if isinstance(owner, ProductVariant) else ""


def _own_value(owner: Owner, wish: Wish) -> list[AttributeValue]:
    kind = wish.attribute.input_type
    columns = COLUMNS[kind](_single(wish, _FIELDS[kind]), wish.given)
    slug = f"{type(owner).__name__.lower()}-{owner.pk}_{wish.attribute.pk}"
    return [_kept(wish.attribute, slug, columns)]


def _kept(attribute: Attribute, slug: str, columns: Mapping[str, Any]) -> AttributeValue:
    value, _ = AttributeValue.objects.update_or_create(attribute=attribute, slug=slug, defaults=dict(columns))
    return value


def _rich(value: Any, _given: Mapping[str, Any]) -> dict[str, Any]:
    content = cleaned(value)
    return {"rich_text": content, "name": words(content)[:250]}


def _day(value: Any, _given: Mapping[str, Any]) -> dict[str, Any]:
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    return {"date_time": datetime.combine(day, time(0), tzinfo=UTC), "name": str(day)}


def _moment(value: Any, _given: Mapping[str, Any]) -> dict[str, Any]:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return {"date_time": moment, "name": str(moment)}


COLUMNS: dict[str, Callable[[Any, Mapping[str, Any]], dict[str, Any]]] = {
    "NUMERIC": lambda value, _: {"numeric": _number(value), "name": str(value)},
    "PLAIN_TEXT": lambda value, _: {"plain_text": value, "name": str(value)[:250]},
    "RICH_TEXT": _rich,
    "DATE": _day,
    "DATE_TIME": _moment,
    "FILE": lambda value, given: {
        "file_url": value,
        "content_type": given.get("content_type"),
        "name": str(value).rsplit("/", 1)[-1][:250],
    },
}
MAKERS: dict[str, Callable[[Owner, Wish], list[AttributeValue]]] = {
    "DROPDOWN": _chosen,
    "SWATCH": _chosen,
    "MULTISELECT": _chosen,
    "BOOLEAN": _yes_or_no,
    "REFERENCE": _pointed,
    "SINGLE_REFERENCE": _pointed,
}
