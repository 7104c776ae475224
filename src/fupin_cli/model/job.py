"""The check commands: which pack each takes unless told otherwise, and which of its standards."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """What a check command stands for: its pack unless told otherwise, and the standards that it takes from it."""

    command: str
    pack: str
    #: For each table that is judged: the first of these standards that the pack has gives the verdict, the others stand beside.
    standards: tuple[tuple[str, ...], ...]
    #: Standards of further tables: judged where pack and files have them, never alone.
    also: tuple[str, ...] = ()
    #: Sheets without which the standards say nothing of anybody.
    needs: tuple[str, ...] = ()


CHECK_IDENTIFY = Job(
    "check-identify",
    "marginal-2020",
    (("household-identification", "screening", "identification-procedure"),),
    also=("procedure-steps",),
)
CHECK_EXIT = Job("check-exit", "national-2016", (("household-exit", "exit-procedure"),), also=("procedure-steps",))
CHECK_VILLAGE = Job("check-village", "anhui-2018", (("village-exit",),))
CHECK_COUNTY = Job(
    "check-county",
    "anhui-2018",
    (("county-withdrawal", "county-progress"), ("township-veto",)),
    also=("service-items", "county-steps"),
)
CHECK_SUPPORT = Job(
    "check-support", "support-2020", (("household-support", "dibao-procedure"),), also=("support-measures",), needs=("support",)
)
CHECK_ARCHIVE = Job(
    "check-archive",
    "archive-2018",
    (("household-archive",), ("village-archive",), ("team-archive",)),
    also=("archive-items",),
    needs=("archive",),
)
CHECK_DATA = Job(
    "check-data", "data-quality", (("household-quality",), ("person-quality",), ("village-quality",), ("county-quality",))
)

VERIFY_ROSTER = Job("verify-roster", "roster", (("household-roster",), ("person-roster",), ("roster-totals",)))

#: The command that judges by the standards of all of them.
CHECK_ALL = "check-all"
#: Every check command, in the order of one report that holds them all.
CHECKS = (CHECK_IDENTIFY, CHECK_EXIT, CHECK_VILLAGE, CHECK_COUNTY, CHECK_SUPPORT, CHECK_ARCHIVE, CHECK_DATA)
