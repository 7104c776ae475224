"""The script that most people would write for the same question: ``python bench/plain.py FILE``.

pandas and openpyxl read the sheet, pydantic checks each row, a loop compares floats. It is what fupin is timed against. It knows
none of the addresses, reasons, clauses or procedures that fupin gives, and no value that is not written as it expects.
"""

import sys
from collections import Counter
from typing import Literal

import pandas as pd
from pydantic import BaseModel, Field

LINE = {2018: 2995.0, 2019: 3218.0, 2020: 4000.0}
YesNo = Literal["是", "否"] | None


class Household(BaseModel):
    """A row of the sheet."""

    household_id: str = Field(alias="户编号")
    year: int = Field(alias="年度")
    household_size: int = Field(alias="家庭人口数", ge=1)
    wage_income: float | None = Field(alias="工资性收入")
    business_income: float | None = Field(alias="生产经营性收入")
    property_income: float | None = Field(alias="财产性收入")
    transfer_income: float | None = Field(alias="转移性收入")
    business_expense: float | None = Field(alias="生产经营性支出")
    income_per_capita: float | None = Field(alias="人均纯收入")
    food_secure: YesNo = Field(alias="不愁吃")
    clothing_secure: YesNo = Field(alias="不愁穿")
    education_secured: YesNo = Field(alias="义务教育有保障")
    medical_secured: YesNo = Field(alias="基本医疗有保障")
    housing_secured: YesNo = Field(alias="住房安全有保障")
    water_safe: YesNo = Field(alias="饮水安全")


def income(household: Household) -> float | None:
    """Income per person, given or from its parts."""
    if household.income_per_capita is not None:
        return household.income_per_capita
    gains = (household.wage_income, household.business_income, household.property_income, household.transfer_income)
    if household.business_expense is None or None in gains:
        return None
    return (sum(gain for gain in gains if gain is not None) - household.business_expense) / household.household_size


def verdict(household: Household) -> str:
    """Whether a household meets the standard."""
    money = income(household)
    guarantees = [
        household.food_secure,
        household.clothing_secure,
        household.education_secured,
        household.medical_secured,
        household.housing_secured,
        household.water_safe,
    ]
    if "否" in guarantees or (money is not None and money <= LINE[household.year]):
        return "ineligible"
    return "undetermined" if money is None or None in guarantees else "eligible"


def main(path: str) -> None:
    frame = pd.read_excel(path, sheet_name="户", engine="openpyxl", dtype={"户编号": str, "户主证件号码": str})
    frame = frame.astype(object).where(frame.notna(), None)
    counts = Counter(verdict(Household(**row)) for row in frame.to_dict("records"))
    for outcome, count in sorted(counts.items()):
        print(outcome, count)


if __name__ == "__main__":
    main(sys.argv[1])
