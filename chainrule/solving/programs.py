"""Code for what was answered: one program that prints the numbers of a part, or of the whole problem."""

from collections.abc import Sequence

from chainrule.codegen.combined import Part, combined
from chainrule.errors import ChainruleError
from chainrule.sheets import Task
from chainrule.solving.answer import Answer, Code, Formula


def answer_program(answers: Sequence[Answer], task: Task) -> Answer:
    """The program of the answers of the task's part, else of all.

    Raises ChainruleError `nothing-to-program` where none of them has code.
    """
    coded = [answer for answer in answers if answer.code is not None and answer.kind != "code"]
    own = [answer for answer in coded if task.part is not None and answer.part == task.part] or coded
    if not own:
        message = "there is nothing here that a program could compute"
        raise ChainruleError("nothing-to-program", message, task.span, "say what it shall compute: Compute $L$ and write code")
    parts = [Part(a.code.numpy, a.code.parameters, a.symbol.text, a.unit or "") for a in own if a.code is not None]
    source, parameters = combined(parts)
    needs = {need.latex: need for answer in own for need in answer.needs}
    said = f"program of part {task.part}" if any(answer.part == task.part for answer in own) and task.part else "program"
    name = Formula(f"\\text{{{said}}}", said, said)
    return Answer(
        part=task.part,
        span=task.span,
        kind="code",
        asked=task.text,
        symbol=name,
        of=None,
        wrt=None,
        formula=name,
        needs=tuple(needs.values()),
        code=Code(source, parameters),
    )
