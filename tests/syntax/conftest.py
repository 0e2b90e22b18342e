"""Trees as compact s-expressions, and readers that give them."""

from collections.abc import Callable
from typing import Literal

import pytest

from chainrule.source import Source
from chainrule.syntax.parser import Reading, parse_statements
from chainrule.syntax.tree import (
    Accent,
    BigOperator,
    Bracket,
    Call,
    CasesTree,
    Derivative,
    Dots,
    EvaluatedAt,
    Font,
    Juxtaposition,
    Matrix,
    Name,
    Number,
    Prime,
    Product,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Text,
    Tree,
)
from chainrule.syntax.vocabulary import Vocabulary

WORDS = "exp log ln tanh sin cos max min softmax relu sigmoid tr det diag norm KL ReLU"
VOCABULARY = Vocabulary({word: word for word in WORDS.split()} | {"ReLU": "relu", "Softmax": "softmax"})


def sexpr(tree: Tree | None) -> str:
    """`a + b/2` is `(+a +(/ b 2))`; every kind of tree is told apart."""
    if tree is None:
        return "_"
    match tree:
        case Number():
            return str(tree.value)
        case Name():
            return tree.text if " " not in tree.text else repr(tree.text)
        case Accent() | Font():
            return f"({tree.kind} {sexpr(tree.body)})"
        case Prime():
            return f"({chr(39) * tree.count} {sexpr(tree.base)})"
        case Subscript():
            return many("_", tree.base, *tree.items)
        case Superscript():
            return many(tree.operator, tree.base, tree.exponent)
        case Bracket():
            separators = "".join(tree.separators)
            return many(f"{tree.kind}{separators if set(separators) - {','} else ''}", *tree.items)
        case Call():
            return many("call", tree.function, *tree.arguments)
        case Juxtaposition():
            return many("jux", *tree.items)
        case Sum():
            return f"({' '.join('+-'[sign < 0] + sexpr(term) for sign, term in zip(tree.signs, tree.terms, strict=True))})"
        case Product():
            return many(tree.operator, *tree.factors)
        case Quotient():
            return many(tree.operator if tree.inline else "frac", tree.numerator, tree.denominator)
        case Matrix():
            return f"({tree.environment} {' '.join('[' + ' '.join(map(sexpr, row)) + ']' for row in tree.rows)})"
        case BigOperator():
            return many(tree.operator, tree.lower, tree.upper, tree.body)
        case Relation():
            ends = [f"{operator} {sexpr(side)}" for operator, side in zip(tree.operators, tree.sides[1:], strict=True)]
            return f"({sexpr(tree.sides[0])} {' '.join(ends)})"
        case CasesTree():
            return f"(cases {' '.join(f'[{sexpr(value)} {sexpr(condition)}]' for value, condition in tree.rows)})"
        case Derivative():
            return many(f"d:{tree.symbol}", tree.of, *tree.by)
        case Text():
            return repr(tree.text)
        case _:
            return many("at", tree.body, *tree.at) if isinstance(tree, EvaluatedAt) else {Dots(): "..."}[tree]


def many(head: str, *trees: Tree | None) -> str:
    return f"({' '.join([head, *map(sexpr, trees)])})"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return VOCABULARY


@pytest.fixture(scope="session")
def read() -> Callable[[str, Literal["latex", "plain"]], Reading]:
    return lambda text, notation: parse_statements(Source("formula", text).span(), VOCABULARY, notation)


@pytest.fixture(scope="session")
def write() -> Callable[[Tree | None], str]:
    return sexpr
