"""What a household or a person is from one year's roster to the next: fields that no sheet has, worked out by comparing years.

Rules about rosters name them as they name any other field, and last year's row of their subject by ``previous.`` before a field.
"""

from typing import Annotated

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import Count, Record, Year, YesNo, column
from fupin_cli.model.values import one_of

#: Before the name of a field: that of the subject's row of the year before.
PREVIOUS = "previous."


class HouseholdBetween(Record):
    """A household between the years. The year before and after are the nearest ones of which there is a roster.

    ``traced_back``, ``traced_on``: whether it is known what it was and became; no where its number surely is in that roster no
    more and nobody can tell. ``reason_stated``: whether its roster gives a reason for its coming or leaving. A roster without
    that column gives none.
    """

    came_from: Annotated[str | None, BeforeValidator(one_of(codes.CAME_FROM))] = column("来历")
    went_to: Annotated[str | None, BeforeValidator(one_of(codes.WENT_TO))] = column("去向")
    number_reused: YesNo = column("户编号改用于另一户")
    traced_back: YesNo = column("来历可查")
    traced_on: YesNo = column("去向可查")
    status_before_plan: Annotated[str | None, BeforeValidator(one_of(codes.POVERTY_STATUS))] = column("预脱贫以前的脱贫属性")
    village_changed: YesNo = column("换了行政村")
    identified_this_year: YesNo = column("当年首次识别")
    members_listed: Count = column("所列成员数", unit="person")
    members_left: Count = column("写明已离开的成员数", unit="person")
    everyone_left: YesNo = column("全部成员已离开")
    reason_stated: YesNo = column("写明变更原因")
    year_before: Year = column("上一名册年度")
    year_after: Year = column("下一名册年度")


class PersonBetween(Record):
    """A member of a household between the years."""

    came_from: Annotated[str | None, BeforeValidator(one_of(codes.PERSON_CAME_FROM))] = column("来历")
    went_to: Annotated[str | None, BeforeValidator(one_of(codes.PERSON_WENT_TO))] = column("去向")
    household_came_from: Annotated[str | None, BeforeValidator(one_of(codes.CAME_FROM))] = column("所在户来历")
    household_went_to: Annotated[str | None, BeforeValidator(one_of(codes.WENT_TO))] = column("所在户去向")
    listed_twice: YesNo = column("同年重复登记")
    died_long_ago: YesNo = column("前年或更早已写明死亡")
    born_this_year: YesNo = column("当年出生")
    reason_stated: YesNo = column("写明变更原因")
    year_before: Year = column("上一名册年度")
    year_after: Year = column("下一名册年度")


#: The worked-out field that needs no other year, and the field that it is about.
REASON_STATED, REASON = "reason_stated", "change_reason"
#: Table → the record of its worked-out fields.
BETWEEN: dict[str, type[Record]] = {"household": HouseholdBetween, "person": PersonBetween}
#: Worked-out field → the fields whose cells say most of it; what is not here is about the record as a whole.
ABOUT = {
    "status_before_plan": ("poverty_status",),
    "village_changed": ("village",),
    "identified_this_year": ("first_identified_month",),
    "members_listed": ("household_size",),
    "members_left": ("household_size",),
    "listed_twice": ("id_number",),
    "died_long_ago": ("id_number",),
    "born_this_year": ("birth_date", "id_number"),
    REASON_STATED: (REASON,),
}
