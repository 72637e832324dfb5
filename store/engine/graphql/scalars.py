"""Saleor's scalars, serialized as Saleor does: decimals as floats, JSONString as a string of JSON."""

import datetime
import json
import uuid
from dataclasses import dataclass
from decimal import Decimal as Dec
from decimal import InvalidOperation
from typing import Any

import graphene
from graphql import GraphQLError, Undefined, ValueNode, value_from_ast_untyped
from graphql.language import FloatValueNode, IntValueNode, ObjectValueNode, StringValueNode

from store.saleor.text import InvalidText, load_json

UNITS_PER_KILOGRAM = {"KG": 1.0, "G": 1000.0, "LB": 2.2046226218, "OZ": 35.27396195, "TONNE": 0.001}
MAX_DIGITS = 64
MAX_INTEGER_DIGITS = 12  # of amounts, weights and rates; every column holds them
MIN_EXPONENT = -30  # arithmetic with 1e-999999 takes for ever


def _shortened(value: Any) -> str:
    """The value for an error message."""
    if isinstance(value, int) and abs(value) >= 10**80:
        return "a number of more than 80 digits"
    return repr(value)[:80]


class Decimal(graphene.Scalar):
    @staticmethod
    def serialize(value: Any) -> float:
        return float(value)

    @staticmethod
    def parse_value(value: Any) -> Dec:
        invalid = GraphQLError(f"Decimal cannot represent value: {_shortened(value)}")
        if isinstance(value, bool) or not isinstance(value, int | float | str | Dec):
            raise invalid
        try:
            number = Dec(value if isinstance(value, int) else str(value))
        except InvalidOperation:
            raise invalid from None
        if not number.is_finite() or len(number.as_tuple().digits) > MAX_DIGITS:
            raise invalid
        if number and not MIN_EXPONENT <= number.adjusted() < MAX_INTEGER_DIGITS:
            raise invalid
        return number or Dec(0)

    @classmethod
    def parse_literal(cls, node: ValueNode, *_: Any) -> Any:
        if isinstance(node, IntValueNode | FloatValueNode | StringValueNode):
            return cls.parse_value(node.value)
        return Undefined


class PositiveDecimal(Decimal):
    @staticmethod
    def parse_value(value: Any) -> Dec:
        number = Decimal.parse_value(value)
        if number < 0:
            raise GraphQLError("Value cannot be lower than 0.")
        return number


@dataclass(frozen=True, slots=True)
class WeightInUnit:
    """A weight that names its unit, as an input gave it."""

    value: Dec
    unit: str


class WeightScalar(PositiveDecimal):
    """A number in the shop's default unit, or `{unit: KG, value: 1.2}`."""

    @staticmethod
    def parse_value(value: Any) -> Any:
        if not isinstance(value, dict):
            return PositiveDecimal.parse_value(value)
        unit = str(value.get("unit", "")).upper()
        if unit not in UNITS_PER_KILOGRAM:
            raise GraphQLError(f"Weight cannot be in the unit: {_shortened(value.get('unit'))}")
        if value.get("value") is None:
            return None
        return WeightInUnit(PositiveDecimal.parse_value(value["value"]), unit)

    @classmethod
    def parse_literal(cls, node: ValueNode, variables: Any = None, *_: Any) -> Any:
        if isinstance(node, ObjectValueNode):
            return cls.parse_value(value_from_ast_untyped(node, variables))
        return super().parse_literal(node)


class _Int(graphene.Int):
    """Int as Saleor coerces it ("5" and 5.0 are 5), with a clear error for what is no number of 32 bits."""

    @staticmethod
    def parse_value(value: Any) -> Any:
        try:
            number = graphene.Int.coerce_int(value)
        except (OverflowError, TypeError, ValueError):
            number = Undefined
        if number is Undefined or number is None:
            raise GraphQLError(f"Int cannot represent value: {_shortened(value)}")
        return number

    @classmethod
    def parse_literal(cls, node: ValueNode, *_: Any) -> Any:
        return cls.parse_value(node.value) if isinstance(node, IntValueNode) else Undefined


class _TimeUnit(_Int):
    pass


class Minute(_TimeUnit):
    pass


class Hour(_TimeUnit):
    pass


class Day(_TimeUnit):
    pass


class PositiveInt(_Int):
    @staticmethod
    def parse_value(value: Any) -> Any:
        number = _Int.parse_value(value)
        if number < 0:
            raise GraphQLError(f"Value must be a positive integer, got {number}.")
        return number


class DateTime(graphene.DateTime):
    @staticmethod
    def serialize(value: Any) -> str:
        return value.isoformat() if isinstance(value, datetime.date) else str(value)


class Date(graphene.Date):
    pass


class UUID(graphene.Scalar):
    @staticmethod
    def serialize(value: Any) -> str:
        return str(value)

    @staticmethod
    def parse_value(value: Any) -> uuid.UUID:
        try:
            return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))
        except ValueError:
            raise GraphQLError(f"UUID cannot represent value: {value!r}") from None

    @classmethod
    def parse_literal(cls, node: ValueNode, *_: Any) -> Any:
        return cls.parse_value(node.value) if isinstance(node, StringValueNode) else Undefined


class JSONString(graphene.Scalar):
    """JSON as a string in input and output; resolvers get and return the parsed value."""

    @staticmethod
    def serialize(value: Any) -> str:
        return json.dumps(value)

    @staticmethod
    def parse_value(value: Any) -> Any:
        if not isinstance(value, str):
            raise GraphQLError("JSONString must be given as a string of JSON.")
        if not value:
            return None
        try:
            return load_json(value)
        except InvalidText as error:
            raise GraphQLError(str(error)) from None
        except ValueError:
            raise GraphQLError(f"{value[:80]!r} is not a valid JSONString") from None

    @classmethod
    def parse_literal(cls, node: ValueNode, *_: Any) -> Any:
        return cls.parse_value(node.value) if isinstance(node, StringValueNode) else Undefined


class JSON(graphene.Scalar):
    """Any JSON value, unchanged."""

    @staticmethod
    def serialize(value: Any) -> Any:
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        return value

    @staticmethod
    def parse_literal(node: ValueNode, variables: Any = None, *_: Any) -> Any:
        return value_from_ast_untyped(node, variables)


class Metadata(JSON):
    pass


class GenericScalar(JSON):
    pass


class Any_(JSON):
    class Meta:
        name = "_Any"


class Upload(graphene.Scalar):
    """A file of a multipart request; can be given only by a variable."""

    @staticmethod
    def serialize(value: Any) -> str:
        raise GraphQLError("Upload is for input only.")

    @staticmethod
    def parse_value(value: Any) -> Any:
        if value is None or hasattr(value, "read"):
            return value
        raise GraphQLError("Send the file as a part of a multipart request (GraphQL multipart request spec).")

    @staticmethod
    def parse_literal(node: ValueNode, *_: Any) -> Any:
        """A literal is valid GraphQL but no file: the resolver gets None, as if nothing was sent."""
        return None


BY_NAME: dict[str, Any] = {
    "ID": graphene.ID,
    "String": graphene.String,
    "Int": graphene.Int,
    "Float": graphene.Float,
    "Boolean": graphene.Boolean,
    "Decimal": Decimal,
    "PositiveDecimal": PositiveDecimal,
    "WeightScalar": WeightScalar,
    "Minute": Minute,
    "Hour": Hour,
    "Day": Day,
    "PositiveInt": PositiveInt,
    "DateTime": DateTime,
    "Date": Date,
    "UUID": UUID,
    "JSONString": JSONString,
    "JSON": JSON,
    "Metadata": Metadata,
    "GenericScalar": GenericScalar,
    "_Any": Any_,
    "Upload": Upload,
}
