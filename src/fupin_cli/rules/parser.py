"""Text to the tree of a condition: of what sqlglot parsed (``sqltree``) a whitelist takes over what the rule language allows.

The language is SQL without everything that a rule does not need: no division, CASE, subquery, star or foreign function, and
``IS NULL`` only where a scope allows it. An error names the character at which it stands and, for a name, the nearest one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlglot import exp
from sqlglot.errors import SqlglotError

from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.nearest import nearest
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Comparison,
    Constant,
    Junction,
    NameKind,
    Negation,
    Node,
    NullTest,
    Ref,
    Sign,
)
from fupin_cli.rules.functions import FUNCTIONS
from fupin_cli.rules.scope import ExpressionError, Scope
from fupin_cli.rules.sqltree import DIALECT, not_sql, refuse_foreign, sql_tree

#: What stands before the point of last year's fields.
_BEFORE = PREVIOUS.removesuffix(".")
MAX_DEPTH = 24

_COMPARE: Mapping[type[exp.Expr], Comparison] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
}  # fmt: skip
_ARITHMETIC: Mapping[type[exp.Expr], Sign] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}


def parse(text: str, scope: Scope, expected: ValueType | None = ValueType.BOOL) -> Node:
    """The tree of a condition, or of a value of another type (``None``: of any).

    Raises:
        ExpressionError: too long or deep, not SQL, not allowed, an unknown name, types that do not fit.
    """
    refuse_foreign(text)
    try:
        # Writing a part back as SQL goes as deep as the part does.
        node = _Reader(text, scope).read(sql_tree(text), 0)
    except SqlglotError as error:
        raise not_sql(text, error) from None
    except RecursionError:
        raise ExpressionError("expression-too-deep", 0, most=str(MAX_DEPTH)) from None
    if expected is not None and node.type is not expected:
        raise ExpressionError("expression-type", node.offset, found=node.type, wanted=expected)
    return node


class _Reader:
    """Walks sqlglot's tree once, left to right, keeping track of the last place it saw."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope, self.seen = text, scope, 0
        #: Whether what is read next is an argument that has to be a list.
        self.list_wanted = False
        #: The whole language: what is not here is not allowed.
        self.forms: dict[type[exp.Expr], Callable[[Any, int], Node]] = {
            exp.Paren: lambda tree, depth: self.read(tree.this, depth),
            exp.Column: self._name,
            exp.Placeholder: self._name,
            exp.Literal: self._constant,
            exp.Boolean: self._constant,
            exp.And: self._junction,
            exp.Or: self._junction,
            exp.Not: self._negation,
            exp.Is: self._null_test,
            exp.In: self._among,
            exp.Between: self._between,
            exp.Neg: self._negative,
            exp.Anonymous: self._call,
        }
        self.forms |= dict.fromkeys(_COMPARE, self._compare) | dict.fromkeys(_ARITHMETIC, self._arithmetic)

    def read(self, tree: exp.Expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise ExpressionError("expression-too-deep", self.seen, most=str(MAX_DEPTH))
        if tree.comments:
            raise self._refuse("expression-comment")
        reader = self.forms.get(type(tree))
        if reader is None:
            self._stand_at(tree)
            raise self._refuse("expression-not-allowed", what=type(tree).__name__.upper())
        return reader(tree, depth + 1)

    def _refuse(self, code: str, **facts: str) -> ExpressionError:
        return ExpressionError(code, self.seen, **facts)

    def _stand_at(self, tree: exp.Expr) -> None:
        """Move to the first place that is known to lie inside a part."""
        starts = [name.meta["start"] for name in tree.find_all(exp.Identifier) if "start" in name.meta]
        word = re.match(r"\W*\w+", tree.sql(dialect=DIALECT))
        found = self.text.upper().find(word[0].upper(), self.seen) if word is not None else -1
        if starts:
            self.seen = min(starts)
        elif found >= 0:
            self.seen = found

    def _find(self, word: str) -> int:
        """Where a word stands, at or after the last place seen: sqlglot does not keep the place of every token."""
        found = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(word)}").search(self.text, self.seen)
        self.seen = found.start() if found else self.seen
        return self.seen

    def _negation(self, tree: exp.Not, depth: int) -> Negation:
        part = self._typed(tree.this, ValueType.BOOL, depth)
        return Negation(ValueType.BOOL, part.offset, part)

    def _negative(self, tree: exp.Neg, depth: int) -> Arithmetic:
        part = self._typed(tree.this, ValueType.NUMBER, depth)
        self._no_quotient(part)
        return Arithmetic(ValueType.NUMBER, part.offset, "-", Constant(ValueType.NUMBER, part.offset, Decimal(0)), part)

    def _compare(self, tree: exp.Expr, depth: int) -> Compare:
        left, right = self._same(tree.this, tree.expression, depth)
        return self._comparison(_COMPARE[type(tree)], left, right)

    def _arithmetic(self, tree: exp.Expr, depth: int) -> Arithmetic:
        left = self._typed(tree.this, ValueType.NUMBER, depth)
        right = self._typed(tree.expression, ValueType.NUMBER, depth)
        for side in (left, right):
            self._no_quotient(side)
        return Arithmetic(ValueType.NUMBER, left.offset, _ARITHMETIC[type(tree)], left, right)

    def _name(self, tree: exp.Expr, _: int) -> Ref:
        name = tree.name
        if isinstance(tree, exp.Column) and tree.table == _BEFORE and len(tree.parts) == 2:
            name = PREVIOUS + name
        if isinstance(tree, exp.Placeholder):
            offset = self._find(f"${name}") if name else self.seen
            known, table = self.scope.parameters.get(name), self.scope.parameters
        else:
            offset = tree.this.meta.get("start", self.seen) if isinstance(tree.this, exp.Identifier) else self.seen
            self.seen = max(self.seen, offset)
            parts = [part for part in (tree.this, tree.args.get("table")) if isinstance(part, exp.Identifier)]
            if (tree.args.get("table") is not None and not name.startswith(PREVIOUS)) or any(part.quoted for part in parts):
                raise ExpressionError("expression-not-allowed", offset, what=tree.sql(dialect=DIALECT))
            known, table = self.scope.names.get(name), self.scope.names
        if known is None:
            raise ExpressionError("expression-name-unknown", offset, name=name, nearest=nearest(name, table))
        if (known.type is ValueType.LIST) != self.list_wanted:
            raise ExpressionError("expression-list" if self.list_wanted else "expression-list-alone", offset, name=name)
        return Ref(known.type, offset, name, known.kind)

    def _constant(self, tree: exp.Expr, _: int) -> Constant:
        if isinstance(tree, exp.Boolean):
            return Constant(ValueType.BOOL, self.seen, bool(tree.this))
        if tree.args.get("is_string"):
            written = "'" + tree.name.replace("'", "''") + "'"
            self.seen = max(self.seen, self.text.find(written, self.seen))
            return Constant(ValueType.TEXT, self.seen, tree.name)
        offset = self._find(tree.name)
        if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", tree.name, re.ASCII):
            raise ExpressionError("expression-number", offset, value=tree.name)
        return Constant(ValueType.NUMBER, offset, Decimal(tree.name))

    def _junction(self, tree: exp.Expr, depth: int) -> Junction:
        word = "AND" if isinstance(tree, exp.And) else "OR"
        # sqlglot nests a chain to the left (a AND b) AND c; a rule reads it as one list.
        chain: list[exp.Expr] = []
        rest = tree
        while type(rest) is type(tree) and not rest.comments:
            chain.append(rest.expression)
            rest = rest.this
        parts = tuple(self._typed(part, ValueType.BOOL, depth) for part in (rest, *reversed(chain)))
        return Junction(ValueType.BOOL, parts[0].offset, word, parts)  # type: ignore[arg-type]  # mypy widens the literal

    def _typed(self, tree: exp.Expr, wanted: ValueType, depth: int) -> Node:
        node = self.read(tree, depth)
        if node.type is not wanted:
            raise ExpressionError("expression-type", node.offset, found=node.type, wanted=wanted)
        return node

    def _same(self, left: exp.Expr, right: exp.Expr, depth: int) -> tuple[Node, Node]:
        first = self.read(left, depth)
        return first, self._typed(right, first.type, depth)

    def _comparison(self, sign: Comparison, left: Node, right: Node) -> Compare:
        if left.type in (ValueType.TEXT, ValueType.BOOL) and sign not in ("=", "<>"):
            raise ExpressionError("expression-order", left.offset, found=left.type)
        if self._is_quotient(left) and self._is_quotient(right):
            raise ExpressionError("expression-quotient", right.offset)
        for side, other in ((left, right), (right, left)):
            if isinstance(other, Constant):
                self._fits(side, other)
        return Compare(ValueType.BOOL, left.offset, sign, left, right)

    def _fits(self, side: Node, constant: Constant) -> None:
        """A literal compared with a coded field is one of its codes: a typo there would make a rule that never fires."""
        codes: Sequence[str] = ()
        if isinstance(side, Ref) and side.kind is NameKind.FIELD:
            codes = self.scope.names[side.name].codes
        elif isinstance(side, Call):
            codes = FUNCTIONS[side.function].codes
        if codes and constant.value not in codes:
            value = str(constant.value)
            raise ExpressionError("expression-code-unknown", constant.offset, value=value, nearest=nearest(value, codes))

    def _among(self, tree: exp.In, depth: int) -> Among:
        if not tree.expressions or tree.args.get("query"):
            raise self._refuse("expression-not-allowed", what="IN")
        item = self.read(tree.this, depth)
        self._no_quotient(item)
        options: list[Constant] = []
        for option in tree.expressions:
            node = self._typed(option, item.type, depth)
            if not isinstance(node, Constant):
                raise ExpressionError("expression-not-allowed", node.offset, what="IN")
            self._fits(item, node)
            options.append(node)
        return Among(ValueType.BOOL, item.offset, item, tuple(options))

    def _between(self, tree: exp.Between, depth: int) -> Junction:
        if tree.args.get("symmetric"):
            raise self._refuse("expression-not-allowed", what="BETWEEN SYMMETRIC")
        item = self.read(tree.this, depth)
        low = self._typed(tree.args["low"], item.type, depth)
        high = self._typed(tree.args["high"], item.type, depth)
        parts = (self._comparison(">=", item, low), self._comparison("<=", item, high))
        return Junction(ValueType.BOOL, item.offset, "AND", parts)

    def _null_test(self, tree: exp.Is, depth: int) -> NullTest:
        if not isinstance(tree.expression, exp.Null):
            self._stand_at(tree)
            raise self._refuse("expression-not-allowed", what="IS")
        ref = self.read(tree.this, depth)
        if not self.scope.null_tests:
            raise ExpressionError("expression-null-test", ref.offset)
        if not (isinstance(ref, Ref) and ref.kind is NameKind.FIELD):
            raise ExpressionError("expression-not-allowed", ref.offset, what="IS NULL")
        return NullTest(ValueType.BOOL, ref.offset, ref)

    def _call(self, tree: exp.Anonymous, depth: int) -> Call:
        offset, name = self._find(tree.name), tree.name
        if name not in FUNCTIONS:
            raise ExpressionError("expression-function-unknown", offset, name=name, nearest=nearest(name, FUNCTIONS))
        function = FUNCTIONS[name]
        if len(tree.expressions) != len(function.arguments):
            raise ExpressionError("expression-arguments", offset, name=name, wanted=str(len(function.arguments)))
        arguments = tuple(
            self._argument(name, argument, wanted, depth)
            for argument, wanted in zip(tree.expressions, function.arguments, strict=True)
        )
        for argument in arguments:
            self._no_quotient(argument)
        if function.takes_code:
            if not isinstance(arguments[-1], Constant):
                raise ExpressionError("expression-argument-literal", arguments[-1].offset, name=name)
            self._fits(arguments[0], arguments[-1])
        return Call(function.result, offset, name, arguments)

    def _argument(self, name: str, tree: exp.Expr, wanted: ValueType, depth: int) -> Node:
        if wanted is not ValueType.LIST:
            return self._typed(tree, wanted, depth)
        if not isinstance(tree, exp.Placeholder):
            self._stand_at(tree)
            raise self._refuse("expression-list", name=name)
        self.list_wanted = True
        node = self.read(tree, depth)
        self.list_wanted = False
        return node

    def _is_quotient(self, node: Node) -> bool:
        return isinstance(node, Ref) and node.kind is NameKind.FIELD and self.scope.names[node.name].quotient

    def _no_quotient(self, node: Node) -> None:
        if self._is_quotient(node):
            raise ExpressionError("expression-quotient", node.offset)
