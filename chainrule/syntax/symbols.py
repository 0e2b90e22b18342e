r"""Spellings: every way to write a symbol, and the one canonical text it becomes in a token and in the Tree."""


def words(text: str) -> list[str]:
    return text.split()


_GREEK = words(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma "
    "varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
GREEK = frozenset(_GREEK)

UNICODE_GREEK = {"µ": "mu"} | dict(zip("αβγδεϵζηθϑικλμνξπϖρϱσςτυφϕχψωΓΔΘΛΞΠΣΥΦΨΩ", _GREEK, strict=True))

# Commands that are letters of their own; the value is the name's text.
_LETTER_WORDS = words(
    "ell infty top bot dagger ddagger star prime forall exists emptyset imath jmath hbar Re Im aleph varkappa digamma"
)
LETTERS = {f"\\{name}": f"\\{name}" for name in (*_GREEK, *_LETTER_WORDS)} | {
    "\\intercal": "\\top",
    "\\varnothing": "\\emptyset",
    "\\dag": "\\dagger",
    "\\#": "#",
}

UNICODE_LETTERS = {character: f"\\{name}" for character, name in UNICODE_GREEK.items()} | {
    "∞": "\\infty", "⊤": "\\top", "†": "\\dagger", "‡": "\\ddagger", "⋆": "\\star", "★": "\\star",
    "∀": "\\forall", "∃": "\\exists", "∅": "\\emptyset", "ℓ": "\\ell", "ℏ": "\\hbar", "ı": "\\imath", "ȷ": "\\jmath",
}  # fmt: skip

RELATIONS = {
    "=": "= == := \\coloneqq \\coloneq \\equiv \\triangleq \\doteq \\eqdef ≔ ≡ ≜ ≝",
    "\\approx": "\\approx \\simeq ≈ ≃",
    "\\in": "\\in ∈", "\\notin": "\\notin ∉", "\\sim": "\\sim ∼",
    "<": "< \\lt", ">": "> \\gt",
    "\\le": "\\le \\leq \\leqslant <= ≤ ⩽", "\\ge": "\\ge \\geq \\geqslant >= ≥ ⩾", "\\ne": "\\ne \\neq != ≠",
    "\\ll": "\\ll ≪", "\\gg": "\\gg ≫",
    "\\to": "\\to \\rightarrow \\longrightarrow -> → ⟶", "\\mapsto": "\\mapsto ↦", "\\backslash": "\\backslash",
    "\\leftarrow": "\\leftarrow \\gets \\longleftarrow <- ← ⟵",
    "\\mid": "\\mid ∣", "\\parallel": "", "\\propto": "\\propto ∝",
    "\\subset": "\\subset ⊂", "\\subseteq": "\\subseteq ⊆",
    "\\succ": "\\succ ≻", "\\succeq": "\\succeq ⪰", "\\prec": "\\prec ≺", "\\preceq": "\\preceq ⪯",
    "\\perp": "\\perp \\Perp \\indep ⊥ ⟂ ⫫",
    ":": ": \\colon", "\\wedge": "\\wedge \\land ∧", "\\vee": "\\vee \\lor ∨",
}  # fmt: skip

PRODUCTS = {
    "*": "* \\ast ∗",
    "\\cdot": "\\cdot \\cdotp \\bullet · ⋅ •", "\\times": "\\times ×", "\\odot": "\\odot ⊙", "\\circ": "\\circ ∘ ◦",
    "\\otimes": "\\otimes ⊗", "\\oplus": "\\oplus ⊕", "@": "@", ".*": ".*",
    "\\bmod": "\\bmod \\mod",
}  # fmt: skip

OTHERS = {
    "+": "+ ＋", "-": "- − – ﹣", "/": "/ ∕ ÷ \\div \\slash", "./": "./ ⊘ \\oslash",
    "^": "^ ** \\sp", ".^": ".^", "_": "_ \\sb \\_", ",": ", ，", ";": "; ；", ".": ".", "!": "!", "&": "&",
    "(": "( \\lparen", ")": ") \\rparen", "[": "[ \\lbrack", "]": "] \\rbrack",
    "{": "{ \\bgroup", "}": "} \\egroup", "\\{": "\\{ \\lbrace", "\\}": "\\} \\rbrace",
    "|": "| \\vert", "\\|": "\\| \\Vert \\parallel ‖ ∥", "||": "||",
    "\\lvert": "\\lvert", "\\rvert": "\\rvert", "\\lVert": "\\lVert", "\\rVert": "\\rVert",
    "\\langle": "\\langle ⟨ 〈", "\\rangle": "\\rangle ⟩ 〉",
    "\\partial": "\\partial ∂", "\\nabla": "\\nabla \\grad ∇", "\\sqrt": "\\sqrt √", "\\sum": "\\sum ∑", "\\prod": "\\prod ∏",
    "\\dots": "\\dots \\ldots \\cdots \\vdots \\ddots \\dotsc \\dotsb \\dotsm ... .. … ⋯",
    "\\quad": "\\quad \\qquad \\enspace \\enskip \\hfill \\hfil",
    "\\implies": "\\implies \\Rightarrow \\Longrightarrow \\iff \\Leftrightarrow \\therefore \\because ⇒ ⟹ ⇔ ⟺ ∴",
    "\\\\": "\\\\ \\newline \\cr",
    "\\%": "\\%",
    "\\frac": "\\frac \\tfrac \\dfrac \\cfrac \\nicefrac \\sfrac",
    "\\binom": "\\binom \\tbinom \\dbinom",
    "\\underbrace": "\\underbrace \\overbrace", "\\over": "\\over", "\\choose": "\\choose", "\\substack": "\\substack",
    "\\pdv": "\\pdv \\partialderivative", "\\dv": "\\dv \\derivative",
    "\\overset": "\\overset \\stackrel", "\\underset": "\\underset",
    "\\boxed": (
        "\\boxed \\fbox \\mathop \\mathrel \\mathbin \\mathord \\ensuremath \\mathit \\mathnormal \\mathrm \\text "
        "\\operatorname \\mathclose \\mathopen \\mathinner \\smash \\mathclap \\hbox \\mbox"
    ),
    "\\bf": "\\bf \\bfseries",
}  # fmt: skip

ACCENTS = {
    "hat": "\\hat \\widehat", "bar": "\\bar", "tilde": "\\tilde \\widetilde", "vec": "\\vec \\overrightarrow", "dot": "\\dot",
    "ddot": "\\ddot", "overline": "\\overline", "underline": "\\underline", "check": "\\check \\widecheck", "breve": "\\breve",
    "acute": "\\acute", "grave": "\\grave", "mathring": "\\mathring", "overleftarrow": "\\overleftarrow",
}  # fmt: skip

COMBINING = {
    "\u0302": "hat", "\u0304": "bar", "\u0305": "overline", "\u0303": "tilde", "\u20d7": "vec", "\u0307": "dot",
    "\u0308": "ddot", "\u0332": "underline", "\u0331": "underline", "\u030c": "check", "\u0306": "breve",
    "\u0301": "acute", "\u0300": "grave", "\u030a": "mathring", "\u20d6": "overleftarrow",
}  # fmt: skip

FONTS = {
    "mathbf": "\\mathbf \\bm \\vb \\textbf \\mathbfit", "mathcal": "\\mathcal \\mathscr \\cal",
    "mathbb": "\\mathbb \\mathds \\mathbbm \\Bbb",
    "mathfrak": "\\mathfrak", "mathsf": "\\mathsf", "boldsymbol": "\\boldsymbol \\pmb",
}  # fmt: skip

# Commands without meaning: spacing, sizes, marks for the typesetter.
IGNORED = frozenset(
    words(
        "\\, \\; \\! \\: \\> \\/ \\thinspace \\medspace \\thickspace \\negthinspace \\displaystyle "
        "\\textstyle \\scriptstyle \\scriptscriptstyle \\limits \\nolimits \\nonumber \\notag \\strut \\hline \\relax "
        "\\allowbreak \\nobreak \\centering \\small \\normalsize \\large \\space \\nobreakspace \\mathstrut"
    )
) | {"\\ ", "\\\n"}
IGNORED_WITH_ARGUMENT = "vspace\\*?|label|tag\\*?|phantom|hphantom|vphantom|color|textcolor|cline|ref|eqref"

# Widths in em: space as wide as WIDE or more parts formulas as \\quad does.
SPACES = {"~": 0.33, "\\ ": 0.33, "\\;": 0.28, "\\:": 0.22, "\\>": 0.22, "\\,": 0.17, "\\space": 0.33}
UNITS = {
    "em": 1.0, "ex": 0.43, "pt": 0.1, "bp": 0.1, "px": 0.1, "dd": 0.107, "pc": 1.2, "cc": 1.28, "sp": 0.0, "mu": 0.056,
    "cm": 2.85, "mm": 0.285, "in": 7.2, **dict.fromkeys(("\\textwidth", "\\linewidth", "\\columnwidth", "\\fill"), 30.0),
}  # fmt: skip
WIDE = 0.8

SUPERSCRIPTS = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂ",
        "0123456789+-=()abcdefghijklmnoprstuvwxyzTABDEGHIJKLMNOPRUVW",
        strict=True,
    )
)
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+-=()aehijklmnoprstuvxβγρφχ", strict=True))

# Known to LaTeX, but with no reading here: the reason is the hint.
REFUSED = {
    "\\pm": "write the two cases as two formulas", "\\mp": "write the two cases as two formulas",
    **dict.fromkeys(["\\int", "\\iint", "\\iiint", "\\oint"], "integrals are not read: write the result, or a sum"),
    "\\lim": "limits are not read: write the result",
    "\\cup": "set operations are not read", "\\cap": "set operations are not read",
    "\\setminus": "set operations are not read",
    "\\ominus": "write the operation by name, or - for a difference",
    "\\neg": "write the opposite condition",
    "\\lfloor": "write \\operatorname{floor}(x)", "\\lceil": "write \\operatorname{ceil}(x)",
    "\\rfloor": "write \\operatorname{floor}(x)", "\\rceil": "write \\operatorname{ceil}(x)",
    "\\bigcup": "set operations are not read", "\\bigcap": "set operations are not read",
    "\\bigoplus": "write the operation by name, or \\sum for a sum", "\\bigotimes": "write the operation by name",
    "\\bigodot": "write \\odot between the factors", "\\coprod": "write the operation by name",
    "\\overset": "write the symbol alone", "\\stackrel": "write the symbol alone", "\\underset": "write the symbol alone",
    "\\substack": "write the conditions in one line",
    "\\pmatrix": "write \\begin{pmatrix} .. \\end{pmatrix}",
    "\\matrix": "write \\begin{matrix} .. \\end{matrix}", "\\cases": "write \\begin{cases} .. \\end{cases}",
    "\\not": "use the negated command, such as \\ne or \\notin",
    "//": "write / for a quotient", "+=": "write w <- w + ..", "-=": "write w <- w - ..", "*=": "write w <- w * ..",
    "\\cancel": "remove what is struck out", "\\middle": "write \\mid",
}  # fmt: skip

# Operators that LaTeX itself knows: functions, whether or not there is a rule for them.
LATEX_FUNCTIONS = frozenset(
    words("arccos arcsin arctan cos cosh cot coth csc deg det dim exp gcd hom ker lg ln log max min sec sin sinh tan tanh")
)
# Words of Python that only wrap a list, or begin what is no formula.
LIST_WORDS = frozenset(words("array asarray tensor as_tensor matrix mat constant"))
STATEMENT_WORDS = frozenset(words("def return import print class"))

# Functions that are notation: they have a command with arguments of its own (`\\sqrt{x}`, `\\binom{n}{k}`) or a sign (n!).
FUNCTIONS = frozenset({"sqrt", "binom", "factorial"})

BIG_WORDS = frozenset({"sum", "prod", "max", "min", "argmax", "argmin", "sup", "inf"})


def _spellings(table: dict[str, str]) -> dict[str, str]:
    return {spelling: canonical for canonical, spellings in table.items() for spelling in spellings.split()}


RELATION_TEXTS = frozenset(RELATIONS)
PRODUCT_TEXTS = frozenset(PRODUCTS)
INFIX_TEXTS = RELATION_TEXTS | PRODUCT_TEXTS | {"+", "-", "/", "./"}
ACCENT_COMMANDS = {spelling: kind for kind, spellings in ACCENTS.items() for spelling in spellings.split()}
FONT_COMMANDS = {spelling: kind for kind, spellings in FONTS.items() for spelling in spellings.split()}

# Every symbol and command with a meaning, spelling -> canonical text; accents and fonts stay as they are spelled.
CANONICAL = (
    _spellings(RELATIONS)
    | _spellings(PRODUCTS)
    | _spellings(OTHERS)
    | {command: command for command in (*ACCENT_COMMANDS, *FONT_COMMANDS)}
)

# Words that stand between statements. Connectives say nothing of their own; conditions change what a formula means.
CONNECTIVES = frozenset(words("where and with so then thus hence therefore also given")) | {"so that", "and where"}
QUANTIFIERS = frozenset(["for", "for all", "for each", "for every", "for any"])
CONDITIONS = frozenset(["if", "when", "whenever", "provided", "provided that", "only if", "if and only if", "iff"])
OTHERWISE = frozenset(["otherwise", "else"])
JUNCTIONS = {"and": "\\wedge", "or": "\\vee"}
