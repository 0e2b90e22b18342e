r"""A quantity named twice in one request: "the cross-entropy of $B$ relative to $F$, that is $H(B, F)$", "the Rényi entropy of
order 2 of $P$, i.e. $-\log \sum_x P(x)^2$", "the KL divergence $D_{KL}(P \| Q)$, which is the limit $\alpha \to 1$".

A notation stays and says of which distributions in which order, where words leave it open. A formula is compared with what the
words name at random points, and says no more than they do. What disagrees is named, and nothing is answered.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from chainrule.inference.bare_sums import with_indices
from chainrule.inference.distributions.formulas import Formula, Own, quantity_in, read_formula
from chainrule.inference.distributions.recognised import logarithms
from chainrule.inference.literals import is_literal, number
from chainrule.inference.symbols import could_be_name, key
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.information.asked import Asked, Group
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.members import are_same
from chainrule.sheets.information.reading import read_information
from chainrule.sheets.notation import look, statements, trees
from chainrule.sheets.quantity_words import Notation, mentions_notation, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.units import units_in
from chainrule.syntax.tree import (
    Accent,
    BigOperator,
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Relation,
    Sum,
    Superscript,
    Tree,
    transform,
    walk,
)

DISAGREEING = "(another function)"
"""The word in the place of a formula that is not what the words beside it name."""
_SAYING = (
    r"(?:that is(?: to say)?|that means|which (?:is|equals|means)|i\.?e\.?|namely|in (?:symbols|notation|formulas|short)"
    r"|(?:also )?written(?: as)?|denoted(?: by)?|(?:given|defined) (?:as|by)|computed as|equals|equal to|=)"
    r"(?: (?:,|:|just|simply|given by|defined (?:as|by)|written(?: as)?|denoted by|the (?:quantity|sum|formula|number)))*"
)
_MARK = re.compile(rf"(?:^|(?<= ))(?:(?:[,:;–—-] )*(?:\( )?{_SAYING}|(?:[,:;–—-] )*(?:[(:–—-]|{_SAYING})) $")
_AGAIN = re.compile(rf"(?:[,:;–—-] )?{_SAYING} ")
_LIMIT = re.compile(
    r"(?:^|(?<= ))(?:[,–—-] |\( )?(?:(?:which|that|this) is|i\.?e\.?|being|namely) (?:the|its|their) limit(?:ing case)?"
    r"(?P<of> of (?:it|that|this|the [a-zé -]+? (?:divergence|entropy)))?(?: (?:for|as|when|of|in|at))? $"
)
_LEADING_LIMIT = re.compile(r"(?:is )?the limit(?:ing case|ing value)?(?: of (?:it|this))? (?:for|as|when|of|in|at)$")
_FACTOR = re.compile(r"(?:[½¼⅓]|\d+(?: ?/ ?\d+)?|1⁄2)$")
_FREE = ("between", "from", "for", "on")
"""Behind one of these the order of two distributions is left to the notation."""
_LIMITS = {"kl": "1", "entropy": "1", "min_entropy": "\\infty", "max_divergence": "\\infty"}
"""Where the quantity with an order is another one."""
_SIGMA = Name("\\Sigma")
_ROWS = {quantity.name: quantity for quantity in QUANTITIES}


def without_appositives(request: Request, known: Distributions) -> Request:
    """The request that names its quantity once; with DISAGREEING in it where two names of one quantity do not agree."""
    tokens, consumed = _without_leading_limit(_with_factors(request.tokens), request)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        found = _settled(tokens, index, request, known) if isinstance(token, Math) and not token.illustration else None
        if found is not None and isinstance(token, Math):
            before, behind = found, _unrepeated(found, token, tokens[index + 1 :])
            consumed += [] if token in before else [token]
            tokens, index = (*before, *_unopened(before, behind)), len(before)
        else:
            index += 1
    if tokens == request.tokens or (not consumed and len(tokens) == len(_with_factors(request.tokens))):
        return request
    return replace(request, tokens=tokens, listed=(*request.listed, *consumed))


def disagreement(request: Request) -> str:
    """What is said of a formula that is not what the words name; "" where there is none."""
    word = next((token for token in request.tokens if isinstance(token, Word) and token.text == DISAGREEING), None)
    pieces = pieces_of(request.tokens)
    named = next((each.quantity.title for i in range(len(pieces)) if (each := quantity_at(pieces, i))), "what the words name")
    return "" if word is None else f"{' '.join(word.span.text.split())} is not the {named} that the words beside it name"


def _settled(tokens: Tokens, index: int, request: Request, known: Distributions) -> Tokens | None:
    """The tokens up to a formula without the second name that it is, or with the one of both that says more; None where it is
    no second name.
    """
    math = tokens[index]
    assert isinstance(math, Math)
    said = "".join(f"{token.text if isinstance(token, Word) else '$'} " for token in tokens[:index])
    limit = _LIMIT.search(said) if _is_limit(math) else None
    mark = limit or _MARK.search(said)
    loose = mark is None and said.endswith(" , ")  # it may as well be the next one of a list
    start = said[: mark.start()].count(" ") if mark else index - loose
    group = _named(tokens[:start], request)
    if group is None:
        return None
    asked = group.quantities[0]
    clash = (*tokens[:start], Word(DISAGREEING, math.span))
    if limit is not None:
        return tokens[:start] if _is_limit_of(math, _row(asked), limit["of"]) else clash
    if notations := notations_of(math):
        if mark is None or asked.notation is not None or len(notations) > 1:
            return None
        return (*tokens[:start], math) if _agree(group, asked, notations[0], known) else clash
    if mark is None and not loose and (group.link or asked.notation is not None or mentions_notation(math)):
        return None
    if not _is_formula(math):
        return None
    row = _row(asked)
    if row is not None and row.name == "surprisal" and (outcome := _outcome_in(math, known)) is not None:
        return (*tokens[:start], *outcome) if not group.link else None
    return _compared(tokens[:start], math, group, asked, known, None if loose else clash)


def _named(tokens: Tokens, request: Request) -> Group | None:
    """The one quantity that words name before a formula, with what they say it is of."""
    reading = read_information(tokens, request.place)
    group = reading.groups[-1] if reading.groups else Group()
    return group if len(group.quantities) == 1 and _row(group.quantities[0]) is not None else None


def _row(asked: Asked) -> Quantity | None:
    return asked.quantity or (_ROWS.get(asked.notation.quantity) if asked.notation is not None else None)


def _agree(group: Group, asked: Asked, notation: Notation, known: Distributions) -> bool:
    """Whether a notation is of the quantity and of the distributions that the words name."""
    row = _row(asked)
    if row is not None and row.name == "entropy" and [each.joint for each in group.arguments[1:]] == ["given"]:
        row = _ROWS["conditional_entropy"]
    if row is None or not {row.name, row.computed_by} & {each.name for each in notation.rows}:
        return False
    of = [tree for argument in group.arguments if argument.math is not None for tree in trees(argument.math)]
    own = notation.arguments
    if len(of) != len(group.arguments) or not of or row.joint:
        return True
    names = [tree for tree in of if not _is_support(tree)]
    if len(names) < len(own) == row.distributions:  # "the divergence from it to $Q$"
        return all(any(are_same(name, each, known.members) for each in own) for name in names)
    orders = (own, own[::-1]) if _is_free(row, group) else (own,)
    return any(len(order) == len(names) and all(map(are_same, names, order, [known.members] * len(names))) for order in orders)


def _is_support(tree: Tree) -> bool:
    r"""The set of the "uniform distribution $u$ on $\{1, 2, 3\}$"."""
    return (
        isinstance(tree, Bracket) and tree.kind in ("{", "\\{") and not any(isinstance(each, Relation) for each in tree.items)
    )


def _is_free(row: Quantity, group: Group) -> bool:
    """Whether words leave it to the notation which distribution is the first."""
    joints = {each.joint for each in group.arguments}
    return row.name == "cross_entropy" or group.link in _FREE or not joints.isdisjoint(("and", "from"))


def _is_formula(math: Math) -> bool:
    found = trees(math)
    return look(math) == "other" and len(found) == 1 and not could_be_name(found[0]) and not is_literal(found[0])


def _compared(
    before: Tokens, math: Math, group: Group, asked: Asked, known: Distributions, clash: Tokens | None
) -> Tokens | None:
    """The tokens before a formula that is the quantity, with its distributions and its unit where only the formula has them;
    `clash` where it is another function.
    """
    row = _row(asked)
    (body,), _ = with_indices([transform(tree, _as_computed) for tree in statements(math)])
    written = [tree for each in group.arguments if each.math is not None for tree in statements(each.math)]
    written = list(asked.notation.arguments) if asked.notation is not None else written
    names = list(dict.fromkeys(map(key, written))) or _distributions_in(body, known)
    if row is None or row.joint or len(names) != row.distributions or not all(map(could_be_name, names)):
        return None
    order = next(iter(trees(asked.order)), None) if asked.order is not None else None
    free = not written or (asked.notation is None and _is_free(row, group))
    read = any(name not in names and name not in known.bodies for name in _distributions_in(body, known))
    for of in permutations(names) if free else (tuple(names),):
        found = read_formula(Relation(("=",), (row.notation(of, _value(order)), body)), known.bodies)
        if isinstance(found, Formula) and found.unread is None and found.quantity == row.name:
            return (*before, *_said_by_formula(before, math, of if not written else (), found))
        read = read or isinstance(found, Own)
    return clash if read else None


def _as_computed(part: Tree) -> Tree:
    r"""A capital sigma before a factor as a sum, and `2^{H(P)}`, the same for every base in which $H$ is, as `e^{H(P)}`."""
    match part:
        case Juxtaposition(items=items) if _SIGMA in items[:-1]:
            at = items.index(_SIGMA)
            rest = items[at + 1] if len(items) == at + 2 else Juxtaposition(items[at + 1 :], span=part.span)
            total = BigOperator("sum", None, None, rest, span=part.span)
            return Juxtaposition((*items[:at], total), span=part.span) if at else total
        case Superscript(base=Number(value=base), exponent=exponent) if base > 1 and quantity_in(exponent) is not None:
            return replace(part, base=Name("e", span=part.base.span))
        case _:
            return part


def _value(order: Tree | None) -> Tree | None:
    return order.sides[-1] if isinstance(order, Relation) else order


def _without_leading_limit(tokens: Tokens, request: Request) -> tuple[Tokens, list[Math]]:
    r"""What stands behind "the limit for $\\alpha \\to 1$," where that is the quantity which it names, and the formula."""
    index = next((i for i, token in enumerate(tokens) if isinstance(token, Math)), 0)
    said = " ".join(token.text for token in tokens[:index] if isinstance(token, Word))
    math, rest = (tokens[index], tokens[index + 1 :]) if tokens else (None, ())
    if not isinstance(math, Math) or not _LEADING_LIMIT.match(said) or not _is_limit(math):
        return tokens, []
    again = _AGAIN.match("".join(f"{token.text if isinstance(token, Word) else '$'} " for token in rest))
    rest = rest[again.group().count(" ") :] if again else rest
    named = _named(rest, request)
    row = _row(named.quantities[0]) if named is not None else None
    return (rest, [math]) if row is not None and _is_limit_of(math, row, None) else (tokens, [])


def _outcome_in(math: Math, known: Distributions) -> list[Word | Math] | None:
    r"""What the formula of a surprisal says, `-\log_2 P(a)`: of which outcome, and in which unit; None of any other formula."""
    match statements(math):
        case (Sum(signs=(-1,), terms=(Call(arguments=(Juxtaposition(items=(name, Bracket())) as outcome,)) as logarithm,)),):
            pass
        case _:
            return None
    bases, at = [base for _, base in logarithms(logarithm)], replace(math.span, end=math.span.start)
    named = any(key(tree) == key(name) for each in known.all() for tree in trees(each))
    if len(bases) != 1 or not named or outcome.span is None:
        return None
    said: list[Word | Math] = [Word("of", at), Math(outcome.span, math.place, display=False, plain=math.plain)]
    natural = logarithm.function == Name("ln")
    base = ("base", str(bases[0])) if bases[0] is not None else ("in", "nats") if natural else ()
    return [*said, *(Word(word, at) for word in base)]


def _unrepeated(said: Tokens, math: Math, behind: Tokens) -> Tokens:
    r"""What follows a formula without the distributions that it said, "$\frac12 \|P - Q\|_1$ between $P$ and $Q$", or the
    outcome, "$-\log_2 P(a)$ of $a$".
    """
    inside = [token for token in said if isinstance(token, Math) and token.span.start >= math.span.start]
    own = [tree for token in inside for tree in trees(token)]
    lead = behind[0] if behind else None
    if math in said or not own or not isinstance(lead, Word) or lead.text not in ("of", *_FREE):
        return behind
    names = [own[0].items[1].items[0]] if isinstance(own[0], Juxtaposition) and isinstance(own[0].items[1], Bracket) else own
    length = 2 * len(names)
    again = [tree for token in behind[1:length:2] if isinstance(token, Math) for tree in trees(token)]
    joined = all(isinstance(token, Word) and token.text in ("and", "to", "from") for token in behind[2:length:2])
    same = [*map(key, again)] == [*map(key, names)] or (
        lead.text in ("of", "between") and {*map(key, again)} == {*map(key, names)}
    )
    return behind[length:] if joined and same and len(again) == len(names) else behind


def _said_by_formula(before: Tokens, math: Math, of: Sequence[Tree], found: Formula) -> list[Word | Math]:
    """What the formula says and the words do not: of which distributions, and in which unit."""
    at = replace(math.span, end=math.span.start)
    said: list[Word | Math] = []
    for place, name in enumerate(of):
        said += [Word("and" if place else "of", at), Math(name.span or at, math.place, display=False, plain=math.plain)]
    if found.base is not None and not units_in(pieces_of(before)):
        said += [Word(word, at) for word in ("base", str(found.base))]
    return said


def _distributions_in(body: Tree, known: Distributions) -> list[Tree]:
    """The distributions of the text that a formula has in it."""
    defined = {key(tree) for math in known.all() for tree in trees(math)}
    inside = {id(part.body) for part in walk(body) if isinstance(part, Accent)}  # the y of ŷ is not named
    named = [part for part in walk(body) if could_be_name(part) and key(part) in defined and id(part) not in inside]
    return list({key(part): part for part in named}.values())


def _is_limit(math: Math) -> bool:
    return any(isinstance(tree, Relation) and tree.operators in (("\\to",), ("→",), ("\\rightarrow",)) for tree in trees(math))


def _is_limit_of(math: Math, row: Quantity | None, of: str | None) -> bool:
    r"""Whether the quantity of order $\alpha$ is this one in the limit."""
    (limit,) = [tree.sides[-1] for tree in trees(math) if isinstance(tree, Relation)]
    value = "\\infty" if limit in (Name("\\infty"), Name("∞")) else str(number(limit))
    kind = {"kl": "divergence", "max_divergence": "divergence"}.get(row.name if row else "", "entropy")
    told = of is None or not of.endswith(("divergence", "entropy")) or of.endswith(kind)
    return row is not None and _LIMITS.get(row.name) == value and told


def _unopened(before: Tokens, behind: Tokens) -> Tokens:
    """What follows, without the parenthesis that closes one that is no longer there."""
    opened = [token.text for token in before if isinstance(token, Word) and token.text in ("(", ")")]
    closes = behind[:1] and isinstance(behind[0], Word) and behind[0].text == ")"
    return behind[1:] if closes and opened.count("(") <= opened.count(")") else behind


def _with_factors(tokens: Tokens) -> Tokens:
    """The tokens with a number before a formula in plain text as its factor, the half of "½ Σ (√P − √Q)²"."""
    made: list[Word | Math] = []
    for token in tokens:
        before = made[-1] if made else None
        spelled = isinstance(token, Math) and token.plain and not token.name
        if spelled and isinstance(before, Word) and _FACTOR.match(before.text):
            made[-1] = replace(token, span=before.span.to(token.span))
        else:
            made.append(token)
    return tuple(made)
