r"""Spellings: one row a construct, one column a target. What a target cannot say by a row is a function of its Dialect.

A row's `{}` is where printed text goes. The four columns are those of `Row`.
"""

from typing import Literal, NamedTuple

from chainrule.errors import ChainruleError
from chainrule.syntax.symbols import UNICODE_GREEK

Target = Literal["LaTeX", "Unicode", "plain text", "Typst"]


class Row(NamedTuple):
    """The spellings of one construct."""

    latex: str
    unicode: str
    plain: str
    typst: str

    def of(self, target: Target) -> str:
        match target:
            case "LaTeX":
                return self.latex
            case "Unicode":
                return self.unicode
            case "plain text":
                return self.plain
            case "Typst":
                return self.typst


def _rows(text: str) -> dict[str, Row]:
    """A table whose cells have no spaces; the first column is the key."""
    return {key: Row(*cells) for key, *cells in (line.split() for line in text.strip().splitlines())}


# Products, relations and separators, by their text in the Tree.
OPERATORS = _rows(r"""
    *          \cdot       ·    *    dot.op
    \cdot      \cdot       ·    *    dot.op
    \times     \times      ×    ×    times
    \odot      \odot       ⊙    .*   dot.o
    \circ      \circ       ∘    ∘    compose
    \otimes    \otimes     ⊗    ⊗    times.o
    \oplus     \oplus      ⊕    ⊕    plus.o
    \bmod      \bmod       \bmod \bmod mod
    @          \cdot       @    @    dot.op
    .*         \odot       ⊙    .*   dot.o
    =          =           =    =    =
    \approx    \approx     ≈    ≈    approx
    \in        \in         ∈    in   in
    \notin     \notin      ∉    ∉    in.not
    \sim       \sim        ∼    ~    tilde.op
    <          <           <    <    <
    >          >           >    >    >
    \le        \le         ≤    <=   <=
    \ge        \ge         ≥    >=   >=
    \ne        \ne         ≠    !=   !=
    \ll        \ll         ≪    ≪    <<
    \gg        \gg         ≫    ≫    >>
    \to        \to         →    ->   ->
    \mapsto    \mapsto     ↦    ↦    |->
    \backslash \backslash  \    \    backslash
    \leftarrow \leftarrow  ←    ←    <-
    \mid       \mid        ∣    ∣    divides
    |          \mid        |    |    divides
    \parallel  \parallel   ∥    ||   parallel
    ||         \parallel   ‖    ||   parallel
    \propto    \propto     ∝    ∝    prop
    \subset    \subset     ⊂    ⊂    subset
    \subseteq  \subseteq   ⊆    ⊆    subset.eq
    \succ      \succ       ≻    ≻    succ
    \succeq    \succeq     ⪰    ⪰    succ.eq
    \prec      \prec       ≺    ≺    prec
    \preceq    \preceq     ⪯    ⪯    prec.eq
    \perp      \perp       ⊥    ⊥    perp
    \wedge     \wedge      ∧    ∧    and
    \vee       \vee        ∨    ∨    or
    :          :           :    :    :
    ,          ,           ,    ,    ,
    ;          ;           ;    ;    ;
""")

# Typst names some shapes of Greek letters the other way round than TeX.
_TYPST_GREEK = {
    "epsilon": "epsilon.alt", "varepsilon": "epsilon", "phi": "phi.alt", "varphi": "phi", "vartheta": "theta.alt",
    "varrho": "rho.alt", "varsigma": "sigma.alt", "varpi": "pi.alt",
}  # fmt: skip

# Letters that are commands; those without a letter that is read back stay commands outside of Typst.
LETTERS = {
    f"\\{name}": Row(f"\\{name}", letter, name, _TYPST_GREEK.get(name, name)) for letter, name in UNICODE_GREEK.items()
} | _rows(r"""
    \infty     \infty      ∞       ∞       infinity
    \ell       \ell        ℓ       ℓ       ell
    \top       \top        ⊤       T       top
    \bot       \bot        \bot    \bot    bot
    \dagger    \dagger     †       †       dagger
    \ddagger   \ddagger    ‡       ‡       dagger.double
    \star      \star       ⋆       ⋆       star.op
    \prime     \prime      \prime  \prime  prime
    \forall    \forall     ∀       ∀       forall
    \exists    \exists     ∃       ∃       exists
    \emptyset  \emptyset   ∅       ∅       emptyset
    \imath     \imath      ı       ı       dotless.i
    \jmath     \jmath      ȷ       ȷ       dotless.j
    \hbar      \hbar       ℏ       ℏ       planck
    \Re        \Re         \Re     \Re     Re
    \Im        \Im         \Im     \Im     Im
    \aleph     \aleph      \aleph  \aleph  aleph
    \varkappa  \varkappa   \varkappa  \varkappa  kappa.alt
    \digamma   \digamma    \digamma   \digamma   digamma
    #          \#          \#      \#      \#
    *          *           *       *       \*
""")

# Unicode's column is the combining character.
ACCENTS = _rows("""
    hat        \\hat        \u0302  _hat        hat
    bar        \\bar        \u0304  _bar        macron
    tilde      \\tilde      \u0303  _tilde      tilde
    vec        \\vec        \u20d7  _vec        arrow
    overleftarrow  \\overleftarrow  \u20d6  _overleftarrow  arrow.l
    dot        \\dot        \u0307  _dot        dot
    ddot       \\ddot       \u0308  _ddot       dot.double
    overline   \\overline   \u0305  _overline   overline
    underline  \\underline  \u0332  _underline  underline
    check      \\check      \u030c  _check      caron
    breve      \\breve      \u0306  _breve      breve
    acute      \\acute      \u0301  _acute      acute
    grave      \\grave      \u0300  _grave      grave
    mathring   \\mathring   \u030a  _mathring   circle
""")

# Where Unicode has no such letter, both kinds of plain text write the command.
FONTS = {
    kind: Row(f"\\{kind}{{{{{{}}}}}}", f"\\{kind}{{{{{{}}}}}}", f"\\{kind}{{{{{{}}}}}}", in_typst)
    for kind, in_typst in {
        "mathbf": "upright(bold({}))",
        "mathcal": "cal({})",
        "mathbb": "bb({})",
        "mathfrak": "frak({})",
        "mathsf": "sans({})",
        "boldsymbol": "bold({})",
    }.items()
}

# By the kind of Bracket; "one" is a set of one element, which must not look like a group.
LEFT = _rows(r"""
    (      (         (    (    (
    [      [         [    [    [
    {      \{        {    {    {
    one    \{        \{   \{   {
    |      \lvert    |    |    lr(|
    ||     \lVert    ‖    ||   lr(‖
    <      \langle   ⟨    ⟨    lr(chevron.l
    [)     [         [    [    [
    (]     (         (    (    (
""")
RIGHT = _rows(r"""
    (      )         )    )    )
    [      ]         ]    ]    ]
    {      \}        }    }    }
    one    \}        \}   \}   }
    |      \rvert    |    |    |)
    ||     \rVert    ‖    ||   ‖)
    <      \rangle   ⟩    ⟩    chevron.r)
    [)     )         )    )    )
    (]     ]         ]    ]    ]
""")

# The environment of a Matrix; plain text has brackets and bars alone.
MATRICES = {
    "bmatrix": Row("bmatrix", "", "", '"["'),
    "pmatrix": Row("pmatrix", "", "", '"("'),
    "vmatrix": Row("vmatrix", "|", "|", '"|"'),
    "Vmatrix": Row("Vmatrix", "‖", "||", '"‖"'),
    "Bmatrix": Row("Bmatrix", "", "", '"{"'),
    "matrix": Row("matrix", "", "", "#none"),
    "smallmatrix": Row("smallmatrix", "", "", "#none"),
}

# Operators over an index that are signs; the others are spelled as functions are.
BIG = _rows(r"""
    sum        \sum         ∑    sum   sum
    prod       \prod        ∏    prod  product
    E          \mathbb{E}   𝔼    𝔼     bb(E)
""")

_CASES = "\\begin{{cases}} {} \\end{{cases}}"
CONSTRUCTS = {
    "fraction": Row("\\frac{{{}}}{{{}}}", "{}/{}", "{}/{}", "frac({}, {})"),
    "/": Row("{} / {}", "{}/{}", "{}/{}", "{} \\/ {}"),
    "./": Row("{} \\oslash {}", "{} ⊘ {}", "{} ./ {}", "{} ⊘ {}"),
    "sqrt": Row("\\sqrt{{{}}}", "√({})", "sqrt({})", "sqrt({})"),
    "binom": Row("\\binom{{{}}}{{{}}}", "binom({}, {})", "binom({}, {})", "binom({}, {})"),
    "group": Row("{{{}}}", "({})", "({})", "scripts({})"),  # brackets that do not show, where there are such
    "dot": Row("\\cdot", "·", "*", "dot.op"),  # between factors that must not touch
    "indicator": Row("\\mathbb{{1}}", "𝟙", "1", "bb(1)"),
    "nabla": Row("\\nabla", "∇", "∇", "nabla"),
    "evaluated at": Row("\\left. {} \\right|_{{{}}}", "{}|_{{{}}}", "{}|_{{{}}}", "lr({} |)_({})"),
    "dots": Row("\\ldots", "…", "...", "dots"),
    "next entry": Row(" & ", ", ", ", ", ", "),
    "next row": Row(" \\\\ ", "; ", "; ", "; "),
    "cases": Row(_CASES, _CASES, _CASES, "cases({})"),
    "case": Row("{} & \\text{{if }} {}", "{} & if {}", "{} & if {}", '{} & "if" {}'),
    "otherwise": Row("{} & \\text{{otherwise}}", "{} & otherwise", "{} & otherwise", '{} & "otherwise"'),
    "next case": Row(" \\\\ ", " \\\\ ", " \\\\ ", ", "),
}

# The functions that both TeX and Typst know by name.
FUNCTIONS = frozenset(
    ["arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom", "inf",
     "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup", "tan", "tanh"]
)  # fmt: skip


def spelling(table: dict[str, Row], key: str, target: Target, what: str) -> str:
    """The spelling of `key`; ChainruleError `no-spelling` where the table has none."""
    if key not in table:
        raise ChainruleError("no-spelling", f"{target} has no spelling for the {what} {key!r}")
    return table[key].of(target)
