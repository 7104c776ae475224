"""Which day it is: the only thing that a run takes from the clock."""

import os
from datetime import UTC, date, datetime, timedelta, timezone

from fupin_cli.errors import UsageRefused

#: What builds that are to be repeated say their time with, in seconds: https://reproducible-builds.org/specs/source-date-epoch/
_EPOCH = "SOURCE_DATE_EPOCH"
#: The days that people write are those of an office in China, wherever the machine stands.
_BEIJING = timezone(timedelta(hours=8))


def day_now() -> date:
    """Today in Beijing; of a build that is to be repeated the day that it says.

    Raises:
        UsageRefused: the build says what is no time.
    """
    seconds = os.environ.get(_EPOCH)
    if not seconds:
        return datetime.now(_BEIJING).date()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).astimezone(_BEIJING).date()
    except (ValueError, OverflowError, OSError):
        raise UsageRefused("today-wrong", name=_EPOCH, wanted="1798675200", value=seconds) from None
