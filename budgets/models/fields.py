"""Columns that behave the same on SQLite and on PostgreSQL: exact decimals, search tokens.

SQLite has no exact decimal type (it keeps a float), so sums would drift. An integer of
分 (or of a finer unit) adds up exactly on SQLite and on PostgreSQL alike.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


class ExactDecimalField(models.BigIntegerField):
    """A Decimal with `places` decimals, stored as a whole number of 10⁻ᵖˡᵃᶜᵉˢ.

    A value with more decimals is refused (ValidationError), never rounded.
    """

    def __init__(self, *args: Any, places: int = 2, **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.places != 2:
            kwargs["places"] = self.places
        return name, path, args, kwargs

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError("“%(value)s”不是数字。", params={"value": value}) from error

    def get_prep_value(self, value: Any) -> int | None:
        amount = self.to_python(value)
        if amount is None:
            return None
        scaled = amount.scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValidationError(
                "%(value)s 的小数超过 %(places)s 位，不能存入。",
                params={"value": value, "places": self.places},
            )
        if abs(scaled) > self.MAX_BIGINT:
            raise ValidationError("%(value)s 太大，不能存入。", params={"value": value})
        return int(scaled)

    def run_validators(self, value: Any) -> None:
        # The integer range of the column holds for the scaled number, not for the amount.
        self.get_prep_value(value)

    def from_db_value(self, value: int | None, *args: Any) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.places)


class TokensField(models.TextField):
    """Words separated by blanks, with a blank at both ends; searched with ``holds``."""


@TokensField.register_lookup
class HoldsTokens(models.Lookup):
    """``tokens__holds=["三公", "公经"]``: rows that have every one of these words.

    PostgreSQL answers from the GIN index that a migration lays on the same expression.
    """

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        condition = f"instr({column}, %s) > 0"
        sql = " AND ".join([condition] * len(self.rhs)) or "1 = 1"
        return f"({sql})", [value for word in self.rhs for value in (*params, f" {word} ")]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        return f"string_to_array({column}, ' ') @> %s::text[]", [*params, list(self.rhs)]
