"""A second way to judge one tiny standard: logic on 0, ½ and 1, with any value in any place. It shares no code with the engine."""

from collections.abc import Mapping

from tiny import STANDARD

from fupin_cli.model.coverage import Goal

#: Every kind of place: who the standard is for, who a check is for, a check that decides nothing, rows that look at fields.
FULL = (
    STANDARD.replace("subject: household\n", "subject: household\napplies: registered\n")
    .replace("    require: food_secure AND", "    applies: NOT annual_plan\n    require: food_secure OR")
    .replace("    require: water_safe", "    applies: annual_plan\n    require: water_safe AND NOT food_secure")
    .replace("when: NOT fed}", "when: NOT fed AND NOT has_labour}\n  - {outcome: worse, when: has_labour AND NOT fed}")
    .replace("outcomes:\n", "outcomes:\n  worse: {title: {zh: 更差, en: Worse}, meets: false}\n")
)
FIELDS = ("registered", "annual_plan", "food_secure", "clothing_secure", "water_safe", "has_labour")
CELLS: Mapping[float, str] = {1: "是", 0: "否", 0.5: ""}
#: The places of conditions: tree, path → the field that stands there; of the decision rows also the check.
PLACES = {
    ("applies", ()): "registered",
    ("checks.fed.applies", (0,)): "annual_plan",
    ("checks.fed.require", (0,)): "food_secure",
    ("checks.fed.require", (1,)): "clothing_secure",
    ("checks.water.applies", ()): "annual_plan",
    ("checks.water.require", (0,)): "water_safe",
    ("checks.water.require", (1, 0)): "food_secure",
    ("decide.0.when", (0, 0)): "fed",
    ("decide.0.when", (1, 0)): "has_labour",
    ("decide.1.when", (0,)): "has_labour",
    ("decide.1.when", (1, 0)): "fed",
}
Place = tuple[str, tuple[int, ...]]


def judged(cells: Mapping[str, float], place: Place | None, value: float) -> tuple[dict[Place, float], str, str]:
    """What stands in each place, the settled outcome (or none) and the status of the warning: logic on 0, ½ and 1."""

    def at(*where: object) -> float:
        return value if where == place else cells[PLACES[where]]  # type: ignore[index]

    def never(part: float) -> float:
        return 1 - part

    meant = never(at("checks.fed.applies", (0,)))
    fed = max(never(meant), at("checks.fed.require", (0,)), at("checks.fed.require", (1,)))
    seen = {where: cells.get(name, fed) for where, name in PLACES.items()}
    rows = [
        ("bad", min(never(value if place == ("decide.0.when", (0, 0)) else fed), never(at("decide.0.when", (1, 0))))),
        ("worse", min(at("decide.1.when", (0,)), never(value if place == ("decide.1.when", (1, 0)) else fed))),
        ("good", 1),
    ]
    possible = {"not for it"} if at("applies", ()) < 1 else set()
    for outcome, holds in rows if at("applies", ()) > 0 else ():
        possible |= {outcome} if holds > 0 else set()
        if holds == 1:
            break
    asked, met = at("checks.water.applies", ()), min(at("checks.water.require", (0,)), never(at("checks.water.require", (1, 0))))
    status = "n/a" if asked == 0 else "pass" if met == 1 else "fail" if asked == 1 and met == 0 else "unknown"
    return seen, possible.pop() if len(possible) == 1 else "", status


def reached(cells: Mapping[str, float]) -> dict[Place, list[Goal]]:
    """What a household with these cells shows of the condition in each place."""
    found: dict[Place, list[Goal]] = {}
    for place in PLACES:
        told = [judged(cells, place, value) for value in (0, 1)]
        # The place's own value is what it is without anything put there.
        own = judged(cells, None, 0)[0][place]
        which = 2 if place[0].startswith("checks.water") else 1
        alone = told[0][which] != told[1][which] and (which == 2 or bool(told[0][1] and told[1][1]))
        found[place] = ["true"] if own == 1 else ["false"] if own == 0 else ["unknown"]
        if alone and own in (0, 1):
            found[place].append("decides_true" if own else "decides_false")
    return found
