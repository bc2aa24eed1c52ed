"""The 20 days that a department has from the 批复 to make its budget public."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

DAYS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One department's budget of a year: when it was approved, published, and what is left."""

    department: str
    department_id: int
    year: int
    approved_on: datetime.date | None
    published_on: datetime.date | None
    today: datetime.date

    @property
    def due_on(self) -> datetime.date | None:
        """The last of the 20 calendar days after the 批复."""
        return self.approved_on + datetime.timedelta(days=DAYS) if self.approved_on else None

    @property
    def told(self) -> str:
        """Say in a sentence where it stands; nothing is judged without the date of the 批复."""
        if self.due_on is None:
            return "已公开，没有填批复日期" if self.published_on else "没有填批复日期"
        if self.published_on:
            late = (self.published_on - self.due_on).days
            return f"已公开，在期限后 {late} 天" if late > 0 else "已按期公开"
        left = (self.due_on - self.today).days
        if left < 0:
            return f"期限已过 {-left} 天，尚未公开"
        return "今天是期限的最后一天" if left == 0 else f"还有 {left} 天"
