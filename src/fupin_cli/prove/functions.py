"""The functions of the rule language over unknowns: days exactly, what an identity number says as far as its parts go."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import z3

from fupin_cli.model import codes
from fupin_cli.model.parameter import ParameterValue
from fupin_cli.prove.calendar import plain_age, plain_number
from fupin_cli.prove.truth import Three, all_of, any_of, settled
from fupin_cli.prove.value import Value
from fupin_cli.prove.world import World

#: When each list is the one that counts; nothing for one that is left to the user.
Lists = Sequence[Sequence[tuple[z3.BoolRef, ParameterValue]] | None]

_INT, _BOOL = z3.IntSort(), z3.BoolSort()
VALID = z3.Function("valid_id_number", _INT, _BOOL)
REAL_DAY = z3.Function("real_day_in_id", _INT, _BOOL)
BIRTH = z3.Function("birth_date_of_id", _INT, _INT)
SEX = z3.Function("sex_of_id", _INT, _INT)
HAS_SEX = z3.Function("sex_of_id known", _INT, _BOOL)
_PERSON = z3.Function("id_person", _INT, _INT)
_PAIR = z3.Function("pair_of", _INT, _INT, _INT)
_LENGTH = z3.Function("length_of", _INT, _INT)


def called(world: World, function: str, arguments: Sequence[Value], literal: str, lists: Lists) -> Value | Three:
    """What a function gives: unknown where an argument is. ``literal`` is the text that it is asked to look for."""
    match function:
        case "age_on":
            return _age(world, *arguments)
        case "days_between":
            return Value(all_of(a.known for a in arguments), arguments[1].term - arguments[0].term)
        case "date_number":
            return Value(arguments[0].known, plain_number(world.calendar.day(arguments[0].term)))
        case "nonzero":
            (number,) = arguments
            world.guards.append(number.term != 0)
            return Value(all_of([number.known, number.term != 0]), number.term)
        case "has_item":
            return settled(world.texts.holds(arguments[0].term, literal), arguments[0].known)
        case "has_any_item" | "only_items" | "has_any_known_item":
            return _listed(world, function, arguments[0], lists)
        case "pair_of":
            return Value(all_of(a.known for a in arguments), _PAIR(arguments[0].term, arguments[1].term))
        case _:
            return _TEXTUAL[function](world, arguments[0])


def _age(world: World, birth: Value, day: Value) -> Value:
    known = all_of([birth.known, day.known, birth.term <= day.term])
    world.answers.append(birth.term <= day.term)
    return Value(known, plain_age(world.calendar.day(birth.term), world.calendar.day(day.term)))


def _valid(_: World, number: Value) -> Three:
    return settled(VALID(number.term), number.known)


def _real_day(_: World, number: Value) -> Three:
    return settled(REAL_DAY(number.term), number.known)


def _birth(world: World, number: Value) -> Value:
    term = BIRTH(number.term)
    world.facts += [term >= 1, term <= date.max.toordinal()]
    world.answers.append(REAL_DAY(number.term))
    return Value(all_of([number.known, REAL_DAY(number.term)]), term)


def _sex(world: World, number: Value) -> Value:
    term = SEX(number.term)
    world.facts.append(world.texts.one_of(term, codes.SEX.values))
    world.answers.append(HAS_SEX(number.term))
    return Value(all_of([number.known, HAS_SEX(number.term)]), term)


def _person(_: World, number: Value) -> Value:
    return Value(number.known, _PERSON(number.term))


def _length(world: World, text: Value) -> Value:
    term = _LENGTH(text.term)
    # A text in which nothing stands is a blank.
    world.facts += [term >= 0, z3.Implies(world.sensible, term >= 1)]
    world.facts += [z3.Implies(text.term == number, term == len(named)) for named, number in world.texts.numbers.items()]
    return Value(text.known, term)


_TEXTUAL: dict[str, Callable[[World, Value], Value | Three]] = {
    "valid_id_number": _valid,
    "real_day_in_id": _real_day,
    "birth_date_of_id": _birth,
    "sex_of_id": _sex,
    "id_person": _person,
    "length_of": _length,
}


def _listed(world: World, function: str, text: Value, lists: Lists) -> Three:
    """A condition about lists in force: each case of the first with each of the second."""
    any_in, only_in = partial(_any, world, text, lists[0]), partial(_only, world, text, lists[-1])
    match function:
        case "has_any_item":
            return Three(all_of([text.known, any_in(truth=True)]), all_of([text.known, any_in(truth=False)]))
        case "only_items":
            return Three(all_of([text.known, only_in(truth=True)]), all_of([text.known, only_in(truth=False)]))
        case _:
            # One of the items is unknown to both lists: it may mean either. Without the second list nothing is said at all.
            second = any_of([only_in(truth=True), only_in(truth=False)])
            world.answers.append(z3.Implies(second, any_of([any_in(truth=True), only_in(truth=True)])))
            found = all_of([text.known, any_in(truth=True), second])
            return Three(found, all_of([text.known, any_in(truth=False), only_in(truth=True)]))


_Cases = Sequence[tuple[z3.BoolRef, ParameterValue]] | None


def _any(world: World, text: Value, cases: _Cases, *, truth: bool) -> z3.BoolRef:
    if cases is None:
        found = z3.Function("holds one of the user's", _INT, _BOOL)(text.term)
        return found if truth else z3.Not(found)
    return any_of(all_of([when, _is(world.texts.holds_any(text.term, _items(value)), truth)]) for when, value in cases)


def _only(world: World, text: Value, cases: _Cases, *, truth: bool) -> z3.BoolRef:
    if cases is None:
        found = z3.Function("holds only the user's", _INT, _BOOL)(text.term)
        return found if truth else z3.Not(found)
    return any_of(all_of([when, _is(world.texts.holds_only(text.term, _items(value)), truth)]) for when, value in cases)


def _is(condition: z3.BoolRef, truth: bool) -> z3.BoolRef:
    return condition if truth else z3.Not(condition)


def _items(value: ParameterValue) -> Sequence[str]:
    return value if isinstance(value, tuple) else ()
