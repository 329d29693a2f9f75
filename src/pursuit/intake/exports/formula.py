"""Arithmetic in a mapping: numbers, + - * / and brackets, min, max, round; nothing else runs."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, DecimalException

from pursuit.intake.exports.fieldspec import REFERENCE

_OPERATORS: Mapping[type[ast.AST], Callable[..., Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
}
_FUNCTIONS: Mapping[str, Callable[..., Decimal]] = {
    "min": min,
    "max": max,
    "round": lambda value: Decimal(round(value)),
}


class FormulaError(ValueError):
    """A formula that cannot be read or reckoned."""


def parse_formula(formula: str) -> Callable[[Sequence[Decimal]], Decimal]:
    """A function of the values of the formula's ``{references}``, in the order they stand.

    Raises
    ------
    FormulaError
        For anything that is not arithmetic.
    """
    text = formula
    for at, _ in enumerate(REFERENCE.findall(formula)):
        text = REFERENCE.sub(f" v{at} ", text, count=1)
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(str(error)) from None
    _evaluate(tree, [Decimal(1)] * len(REFERENCE.findall(formula)), reckon=False)

    def run(values: Sequence[Decimal]) -> Decimal:
        try:
            return _evaluate(tree, values, reckon=True)
        except (DecimalException, ZeroDivisionError) as error:
            raise FormulaError(type(error).__name__) from None

    return run


def _evaluate(node: ast.AST, values: Sequence[Decimal], reckon: bool) -> Decimal:
    """The value of a node; with ``reckon`` off only whether every node is allowed."""

    def inner(part: ast.AST) -> Decimal:
        return _evaluate(part, values, reckon)

    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            arguments, function = [inner(left), inner(right)], _OPERATORS[type(op)]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            arguments, function = [inner(operand)], _OPERATORS[ast.USub]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS and args:
            arguments, function = [inner(part) for part in args], _FUNCTIONS[name]
            if name == "round" and len(arguments) != 1:
                raise FormulaError("round takes one value")
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Decimal(str(value))
        case ast.Name(id=name) if name[:1] == "v" and name[1:].isdigit() and int(name[1:]) < len(values):
            return values[int(name[1:])]
        case _:
            raise FormulaError(ast.unparse(node))
    return (
        (function(*arguments) if len(arguments) > 1 or function not in (min, max) else arguments[0])
        if reckon
        else Decimal(1)
    )
