"""What the parser says when it cannot read something: one place for the wording."""

from difflib import get_close_matches

from chainrule.errors import SyntaxFault
from chainrule.source import Source, Span
from chainrule.syntax.symbols import CANONICAL, CONDITIONS, IGNORED, JUNCTIONS, LETTERS, OTHERWISE, REFUSED
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import Name, Number, Tree
from chainrule.syntax.vocabulary import Vocabulary

# Opening bracket -> (code, what it is called, its closer).
BRACKET_NAMES = {
    "(": ("parenthesis", "parenthesis", ")"),
    "[": ("bracket", "bracket", "]"),
    "{": ("brace", "brace", "}"),
    "\\{": ("set", "set", "\\}"),
    "\\lvert": ("bar", "bar", "|"),
    "\\lVert": ("norm", "norm bar", "\\|"),
    "\\langle": ("angle", "angle bracket", "\\rangle"),
}


OPEN_SLICE = "write both ends, as in x[1:3], or : alone"


def place(source: Source, offset: int) -> str:
    line, column = source.position(offset)
    return f"line {line}, column {column}"


def spelled(source: Source, token: Token) -> str:
    return source.text[token.start : token.end] or token.text


def unclosed(source: Source, token: Token) -> SyntaxFault:
    """An opening bracket, `\\left` or `\\begin` that nothing closes."""
    span, where = Span(source, token.start, token.end), place(source, token.start)
    if token.kind == "begin":
        message = f"the environment {token.text} opened at {where} is never closed"
        return SyntaxFault("unclosed-environment", message, span, f"add \\end{{{token.text}}}")
    if token.kind == "left":
        message = f"{spelled(source, token)} at {where} has no \\right"
        return SyntaxFault("unclosed-left", message, span, "add \\right and a delimiter (\\right. for none), or drop \\left")
    code, name, closer = BRACKET_NAMES[token.text]
    if token.text == "{" and source.text[token.start : token.end] == "{":
        closer = "}"
    return SyntaxFault(f"unclosed-{code}", f"the {name} opened at {where} is never closed", span, f"add {closer}")


def missing_operand(source: Source, before: Token | None, token: Token) -> SyntaxFault:
    """Something that cannot open an operand stands where one is needed."""
    span, text = Span(source, token.start, token.end), spelled(source, token)
    if token.kind == "stop":
        if before is None:
            return SyntaxFault("empty-formula", "there is no formula here", span)
        start = Span(source, before.start, before.end)
        return SyntaxFault("missing-operand", f"the formula ends after {spelled(source, before)}", start, "complete it")
    if token.text == "&":
        return SyntaxFault("stray-ampersand", "& stands outside a matrix or an aligned environment", span, "remove it")
    if before is not None and before.text in ("(", ",", ";") and token.text == "\\cdot":
        message = f"{text} stands for an argument that is not given"
        return SyntaxFault("missing-operand", message, span, "name the argument, as in f(x)")
    if token.kind in ("right", "end"):
        opener = "\\left" if token.kind == "right" else f"\\begin{{{token.text}}}"
        if before is None:
            return SyntaxFault("stray-close", f"{text} has no {opener} before it", span, f"add {opener}, or remove it")
    if before is not None and before.text == ":" and token.text in ("]", ","):
        colon = Span(source, before.start, before.end)
        return SyntaxFault("unsupported-notation", "an open slice is not read", colon, OPEN_SLICE)
    if before is None:
        return SyntaxFault("missing-operand", f"nothing stands to the left of {text}", span)
    return SyntaxFault("missing-operand", f"an operand is missing between {spelled(source, before)} and {text}", span)


def unreadable(source: Source, token: Token, vocabulary: Vocabulary) -> SyntaxFault:
    """A token of kind "fault"."""
    span, text = Span(source, token.start, token.end), spelled(source, token)
    match token.text:
        case "unknown-command":
            return SyntaxFault("unknown-command", f"{text} is not a command known here", span, _nearest(text, vocabulary))
        case "unsupported-notation":
            return SyntaxFault("unsupported-notation", f"{text} is not read", span, REFUSED.get(text))
        case "malformed-number":
            return SyntaxFault(
                "malformed-number", f"{text} has two decimal points", span, "write one number, or a comma between two"
            )
        case "program-number" if text[-1] == "e":
            message = f"{text} is a number without its power of ten, or {text[:-1]} times e"
            return SyntaxFault("malformed-number", message, span, f"write {text}3, or {text[:-1]} e")
        case "program-number":
            return SyntaxFault("malformed-number", f"{text} is not read as a number", span, "write it in decimal digits")
        case "unknown-attribute" if source.text[: token.start][-1:].isdigit():
            message = f"the point before {text[1:]} parts it from no decimals and is no product sign"
            return SyntaxFault("malformed-number", message, span, f"write \\cdot or * for a product with {text[1:]}")
        case "unknown-attribute":
            return SyntaxFault(
                "unknown-attribute", f"{text} is not mathematics", span, "write .T for a transpose, or a function"
            )
        case "program-statement":
            message = f"{text} begins a statement of a program, which is not read"
            return SyntaxFault("program-statement", message, span, "write the formula alone, as in f(x) = x^2")
        case "bare-percent" if not source.text[: token.start].rstrip()[-1:].isdigit():
            hint = "write a percentage as 50%, a remainder by name"
            return SyntaxFault("bare-percent", "% stands after no number", span, hint)
        case "bare-percent":
            return SyntaxFault("bare-percent", "a bare % starts a comment in LaTeX", span, "write \\%")
        case "math-in-text":
            message = f"mathematics inside {text} is not read"
            return SyntaxFault("math-in-text", message, span, "close the text before the formula")
        case "unknown-delimiter":
            return SyntaxFault("unknown-delimiter", f"{text} does not name a delimiter", span, "use ( ) [ ] \\{ \\} | \\| or .")
        case "missing-backslash":
            return SyntaxFault("missing-backslash", f"{text} has no backslash", span, f"write \\{text}")
        case _:
            return SyntaxFault("unexpected-character", f"the character {text} has no meaning here", span)


def _nearest(text: str, vocabulary: Vocabulary) -> str | None:
    known = [*CANONICAL, *LETTERS, *IGNORED, *(f"\\{word}" for word in vocabulary.functions)]
    found = get_close_matches(text, [word for word in known if word.startswith("\\")], n=1, cutoff=0.7)
    return f"did you mean {found[0]}?" if found else None


def explain_adjacent(before: Tree, number: Number) -> tuple[str, Span, str]:
    """A number directly after another factor."""
    if number.span is None or before.span is None:
        raise AssertionError("what is read has a span")
    if isinstance(before, Name):
        name = before.span.text
        message = f"the number {number.span.text} stands directly after {name}"
        return message, number.span, f"write {name}_{number.span.text}, {name}^{number.span.text} or {number.span.text} {name}"
    message = f"the number {number.span.text} stands directly after {before.span.text}"
    return message, number.span, "write \\cdot or * for a product, a comma between two numbers"


def stray(source: Source, token: Token) -> SyntaxFault:
    """What is left over after a whole expression."""
    span, text = Span(source, token.start, token.end), spelled(source, token)
    if token.text == "&":
        return SyntaxFault("stray-ampersand", "& stands outside a matrix or an aligned environment", span, "remove it")
    if token.kind == "prose" and token.text.lower().split(" ")[0] in CONDITIONS | OTHERWISE:
        message = f"the condition “{token.text}” stands outside cases"
        return SyntaxFault("condition-outside-cases", message, span, "write \\begin{cases} .. & \\text{if } .. \\end{cases}")
    if token.kind == "prose" and token.text.lower() in JUNCTIONS:
        message = f"the word “{token.text}” joins two conditions"
        return SyntaxFault("text-in-formula", message, span, f"write {JUNCTIONS[token.text.lower()]}, or a case for each")
    if token.kind == "prose":
        message = f"the text “{token.text}” stands inside a formula"
        return SyntaxFault("text-in-formula", message, span, "move it before or after the formula")
    if token.kind in ("right", "end"):
        opener = "\\left" if token.kind == "right" else f"\\begin{{{token.text}}}"
        return SyntaxFault("stray-close", f"{text} has no {opener} before it", span, f"add {opener}, or remove it")
    if token.text in (")", "]", "}", "\\}", "\\rvert", "\\rVert", "\\rangle"):
        return SyntaxFault("stray-close", f"{text} closes nothing", span, "remove it, or add what it closes")
    if token.text == "\\at":
        message = f"it is not clear how much of what stands before it {text} evaluates"
        return SyntaxFault("ambiguous-evaluation", message, span, "write parentheses around what is evaluated")
    return SyntaxFault("unexpected-token", f"{text} cannot stand here", span)
