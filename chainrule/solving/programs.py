"""Code for what was answered: one program that prints the numbers of a part, or of the whole problem."""

from collections.abc import Sequence

from chainrule.codegen.combined import Part, combined
from chainrule.errors import ChainruleError
from chainrule.sheets import Task
from chainrule.solving.answer import Answer, Code, Formula, TaskRecord


def answer_program(answers: Sequence[Answer], records: Sequence[TaskRecord], task: Task) -> Answer:
    """The program of the answers to the tasks of the task's part, else of all.

    Raises ChainruleError `nothing-to-program` where none of them has code.
    """
    asked = {i for record in records if record.part == task.part is not None for i in record.answers}
    coded = {i: answer for i, answer in enumerate(answers) if answer.code is not None and answer.kind != "code"}
    of_part = [answer for i, answer in coded.items() if i in asked]
    own = of_part or list(coded.values())
    if not own:
        message = "there is nothing here that a program could compute"
        raise ChainruleError("nothing-to-program", message, task.span, "say what it shall compute: Compute $L$ and write code")
    parts = [Part(a.code.numpy, a.code.parameters, a.symbol.text, a.unit or "") for a in own if a.code is not None]
    source, parameters = combined(parts)
    needs = {need.latex: need for answer in own for need in answer.needs}
    said = f"program of part {task.part}" if of_part else "program"
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
