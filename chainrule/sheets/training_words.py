r"""Words about steps of gradient descent that stand outside their request: "the momentum is 0.9", "$v$ is frozen".

Those that are known change nothing that is computed; where there is any other, the steps are refused.
"""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from chainrule.inference.literals import read_literal
from chainrule.inference.symbols import could_be_name, key, letter
from chainrule.sheets.forms import words
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Grid, Math, Role, Task
from chainrule.syntax.tree import BigOperator, Bracket, Name, Relation, Tree, walk

_TOPIC = re.compile(
    r"\b(?:updat\w+|(?:learning |decay )?rates?|steps?(?:izes?|-sizes?)?|(?:re)?train(?:s|ed|able|ing)?|learn(?:s|ed|t|able)?"
    r"|momentum|velocity|descent|ascent|optimi[sz]\w+"
    r"|regulari[sz](?!ed (?:\w+ ){0,2}(?:loss|error|cost|objective)(?: function)?(?: is)? \$)\w+"
    r"|decays?|sgd|adam|gradients?|epochs?|iterations?"
    r"|momenta|schedules?|warm-?up|nesterov|rmsprop|adagrad|freez\w*|frozen|froze|tied|ti(?:e|es|eing|ying)|constraint"
    r"|constraints|constrained|projected|subject to|such that|s\.t|constants?(?! (?:learning |step )))\b"
)
"""What such a sentence speaks of; "untrained" and "learnt" too."""
_KNOWN = words(
    "$ , : ( ) - a an the this these that those its our we us you it they each every all both one two three four five six"
    " seven eight nine ten single of for in on at by with from to and or as is are be was were has have had let use used uses"
    " using take taken set chosen choose given where here throughout below above following assume suppose consider let's"
    " denote denotes denoted called defined value values learning rate rates step steps size sizes step-size length constant"
    " fixed equals equal gradient gradients descent batch full plain vanilla standard ordinary update updates updated updating"
    " train trained training trains learn learned learnt learns iteration iterations epoch parameter parameters trainable"
    " learnable weight weights bias biases loss cost error objective function minimize minimise minimized minimised"
    " minimizes minimises minimizing minimising squared mean average half cross-entropy binary network neural net model neuron"
    " neurons unit units layer layers hidden output outputs input inputs target targets label labels example sample pattern"
    " instance point data prediction predictions predicted regression linear logistic perceptron sigmoid relu tanh softmax"
    " activation initial initially initialised initialized start starting starts begin first respect derivative derivatives"
    " small tiny simple variable variables quantity scalar number compute computed need want will shall perform apply do part"
    " question exercise problem backpropagation backprop algorithm method rule optimisation optimization optimizer optimiser"
    " machine deep feature features regularisation regularization regularised regularized term coefficient strength"
    " iterates iterate guess ours a b c d e steepest vector matrix then now classifier real fit fits fitted currently presently"
)
"""Words that leave the steps as they are: what is moved, by what rate, down which loss."""
_SUBJECT = r"(?P<subject>(?:\$(?:(?: ,| and| or)+ \$)*|weights?|parameters?|bias(?:es)?|they|it|both)(?: \$)?)"
_VERB = r"(?:is|are|be|being|stays?|remains?|gets?|must|may|can|cannot|shall|should|does|do|never|only|always|not)"
_PREDICATE = re.compile(rf"(?<!\S){_SUBJECT} {_VERB} (?!(?:to be )?minimi[sz]ed|not (?:regulari|penali)[sz]ed)(?P<said>\S+)")
_STATED = words(
    "$ a an the its our their all both in of at by from as for with given initialised initialized zero differentiable called"
    " denoted shown known defined computed used predicted measured fed passed positive real scalars vectors scalar equal one"
    " two three four inputs outputs weights parameters biases targets labels data numbers be to : ( , then added multiplied"
    " obtained random set chosen taken what who shown listed tabulated collected arranged written organised organized sampled"
    " summarised summarized drawn generated stored indicated depicted labelled numbered connected attached currently now row"
    " column vectors matrix matrices fitted"
)
"""What may be said of a variable with nothing said of how it moves."""
_BESIDE = words(
    "has have having receives receive through into onto than per resp respectively namely also furthermore moreover further"
    " write look fit get gets give gives consider between times plus minus its own w.r.t e.g i.e so i e whose which find"
    " produces produce connects yields returns outputs predicts computes maps sees feeds ; ? ! [ ] . / = true correct desired"
    " current new old final total same here shows show states state contains contain point points vector entries entry"
    " normal noise price size height score rate sum product sets because since if when while until but recall fitted there"
    " currently presently now initially at"
)
"""Words that may stand right beside the letter of a variable, besides those above."""
_ARTICLE = words("a an the this that these those its our their each every all both some any no")
_TURNED = re.compile(r"\b(?:not|never|only|nor|except|alone|neither|unchanged|unaltered|untouched)\b")
"""What turns round what is said of a variable."""
_PARAMETERS_ARE = re.compile(r"\b(?:parameters?) (?:is|are) (?P<names>\$(?:(?: ,| and)* \$)*)(?: \.)?$")
_APART = re.compile(
    r"\b(?:constants?|fixed)\b(?! (?:learning|step|rate))|\b(?:un|non-)?(?:train|learn)able\b(?! (?:parameters|weights))"
    r"|\b(?:rates?|sizes?|stepsizes?)\b.*\b(?:for|on) (?:the )?(?:\$|weights?|bias|biases)"
    r"|\b(?:layers?|units?|neurons?|half|rest|part) (?:is|are|was|were|being) (?:trained|updated|learn(?:ed|t)|moved)"
)
"""What sets some of the variables apart: "constant $v = 2$", "the learning rate for $v$"."""
_RESCALED = re.compile(
    r"\b(?:half|twice|double) (?:of )?(?:the |its |this |that )?(?:gradients?|steps?|rates?|learning|updates?)\b"
    r"|\b(?:loss|cost|objective|error|gradients?)(?: \$)? (?:is|are) (?:\w+ )?(?:multiplied|scaled|divided|halved|doubled)\b"
)
"""What makes steps longer or shorter in words that are known."""
FIXED = (
    r"(?:(?:(?:kept|held|left) )?(?:fixed|unchanged|constant|untouched|frozen|as (?:they are|it is)|at (?:its|their) values?)"
    r"|not (?:updated|changed|moved|trained))"
)
"""What is said of what does not move."""
_STILL = re.compile(
    rf"(?:(?:here|but|and|while|,) )*\$(?:(?: ,| and)+ \$)* (?:is|are|stays?|remains?|being) {FIXED}(?: here)?(?: \.)?"
)
"""A sentence that says no more than what does not move."""
_STOP = r"(?:by|with|using|on|to|for|via|through|from|,|\.|\(|\$)"
_PICKS = r"(?:only|alone|weights?|bias(?:es)?|parameters?|layers?|(?:mini-?)?batch(?:es)?)"
_DATA = re.compile(
    r"\btraining (?:sets?|data ?sets?|data|pairs?|examples?|samples?|points?|patterns?|instances?|inputs?|targets?|images?"
    r"|photos?|pictures?|labels?|cases?|observations?|sequences?|sentences?|words?|tokens?|texts?|corpus|documents?|messages?"
    r"|records?|items?|rows?|vectors?|tuples?|loss|error|cost|objective)\b"
    rf"|(?<=trained) on (?:(?!{_STOP} |{_PICKS}\b)\S+ ?)+(?<!stochastic )(?={_STOP}|$)"
    r"|\bto (?:predict|classify|recogni[sz]e|distinguish|separate|detect|tell|decide|estimate|forecast|rank|score|map)"
    r" (?:(?!by |with |using |via )\S+ ?)+"
    r"|\b(?:not|never|un-?) ?(?:regulari[sz]ed|penali[sz]ed)\b"
)
"""What such a word says of data, of the purpose of a model, or of a term that no formula has: nothing of steps."""
_REGULARISED = re.compile(
    r"\b(?:the|an?|our|this)(?: (?!is|are|be)\w+)? (?:\w+-)?regulari[sz]ed\b(?! (?:by|with|using)\b)"
    r"|\bregulari[sz]ation (?:strength|parameter|coefficient|constant|factor|weight|term|hyper-?parameter)\b"
)
"""What is said of a loss that a formula of the same sentence defines."""
_TRAINED = re.compile(
    r"\b(?:is|are|was|were|be|been|being)(?: then| first| to be)? (?:trained|fitted|learn(?:ed|t)|optimi[sz]ed)\b"
)
_TRAINING = re.compile(
    rf"\b(?:train|fit|learn|optimi[sz]e)s? (?:an?|the|our|this|one) (?P<thing>(?:(?!{_STOP} )\S+ )+)(?={_STOP})"
)
_SPACE = re.compile(r"\$ (?:in|from) r(?: \^ (?:\w+|\$)(?: x \w+)?)?(?= |$)")
"""In which space a name is, where plain text says it: "w in R^2"."""
_PICKED = re.compile(rf"\b{_PICKS}\b|\b(?:part|half|rest|first|second|last)\b")
_ABOUT_TEXT = re.compile(r"^\(? ?(?:source|sources|restated|adapted)\b")
_TITLE = re.compile(
    r"\b(?:sheet|homework|exercises?|assignment|worksheet|exam|quiz|lecture|tutorial|week|handout|hw|midterm|chapter|series"
    r"|practice|problem set|problems|course|recitation|seminar)\b"
)
_SAYS = re.compile(r"\b(?:is|are|be|was|has|have|uses?|used|using|with|set|take|let|we|you|not|no|only)\b|[$=]")
"""No title of a document has one of these: "Optimisation for ML - Sheet 4" has none."""
_STOCHASTIC = re.compile(r"\b(?:stochastic|sgd|mini-?batch(?:es)?|online)\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:examples|samples|instances|patterns|data ?points|data ?sets?|observations|rows)\b")
_ORDERED = frozenset(("<", ">", "\\le", "\\ge"))
_COUNTS = frozenset(map(Name, "nmNMdDkKTij"))
"""Letters of sizes and places."""
_CASE = frozenset(("if", "when", "for", "while", "whenever"))


def without_unread_training(
    tasks: Sequence[Task], sentences: Iterable[Sentence], around: Iterable[Sentence], grids: Sequence[Grid]
) -> list[Task]:
    """The tasks, the steps unknown of which words say something that is not understood."""
    listed = [*around, *sentences]
    found = list(tasks)
    if not any(task.form == "descent" for task in found):
        return found
    moved = _moved(tasks)
    for sentence in listed:
        own = [task for task in tasks if sentence.span.start <= task.span.start < sentence.span.end]
        if any(task.form != "unknown" for task in own):
            continue
        still = _STILL.fullmatch(_spelled(sentence)) is not None
        if still or not _is_unclear(sentence):
            formulas = [token for token in sentence.tokens if isinstance(token, Math)]
            doubts = tuple(Role("doubt", math) for math in (formulas if still else _doubted(sentence, moved)))
            found = [
                replace(task, roles=(*task.roles, *doubts)) if doubts and _concerns(sentence, task, bool(own)) else task
                for task in found
            ]
            continue
        text = " ".join(sentence.span.text.split())
        note = f'what "{text if len(text) <= 80 else text[:77] + "..."}" says is not understood'
        found = [replace(task, form="unknown", note=note) if _concerns(sentence, task, bool(own)) else task for task in found]
    elsewhere = "it starts from a list of letters that have other values"
    found = [
        replace(task, form="unknown", note=elsewhere) if task.form == "descent" and _starts_elsewhere(task, listed) else task
        for task in found
    ]
    many = "a stochastic step is one example's, and which examples there are is not clear"
    found = [_with_parameters(task, listed) for task in found]
    several = bool(grids) or any(map(_has_examples, listed))
    return [
        replace(task, form="unknown", note=many)
        if several and task.form == "descent" and _STOCHASTIC.search(task.text)
        else task
        for task in found
    ]


def _concerns(sentence: Sentence, task: Task, asks: bool) -> bool:
    """Whether a sentence is about these steps: in their part or above all parts; a request, where it stands before."""
    part = sentence.place.part
    within = part is None or task.part == part or (task.part or "").startswith(f"{part}.")
    return task.form == "descent" and within and (not asks or sentence.span.start < task.span.start)


def _is_unclear(sentence: Sentence) -> bool:
    """Whether a sentence speaks of steps in words that are not known, or says of weights in words how they may move."""
    said = _spelled(sentence)
    titled = not sentence.end and _TITLE.search(said) and not _SAYS.search(said)
    if sentence.place.heading or titled or _ABOUT_TEXT.match(said):
        return False
    on_steps = _of_steps(_REGULARISED.sub(" ", said) if any(map(_defines, sentence.tokens)) else said)
    unknown = any(word not in _KNOWN and word[:1].isalpha() for word in on_steps.split())
    if (unknown and _TOPIC.search(on_steps)) or _APART.search(said) or _RESCALED.search(said):
        return True
    stated = (match["said"] for match in _PREDICATE.finditer(said) if "$" not in match["subject"])
    return any(word not in _STATED and word[:1].isalpha() for word in stated)


def _defines(token: Word | Math) -> bool:
    """Whether a formula says how something is computed, `J = ...`."""
    found = trees(token) if isinstance(token, Math) else ()
    return any(isinstance(tree, Relation) and "=" in tree.operators and read_literal(tree.sides[-1]) is None for tree in found)


def _of_steps(said: str) -> str:
    """What a sentence may say of steps: without what a model that is trained is called, on what, and what for."""
    kept = _DATA.sub(" ", _SPACE.sub("$", said))
    if (match := _TRAINING.search(kept)) and not (_TOPIC.search(match["thing"]) or _PICKED.search(match["thing"])):
        kept = kept[: match.start("thing")] + kept[match.end("thing") :]
    if (match := _TRAINED.search(kept)) and not (_TOPIC.search(kept[: match.start()]) or _PICKED.search(kept[: match.start()])):
        kept = kept[match.start() :]
    return kept


def doubted_letters(math: Math) -> frozenset[Tree]:
    """The letters of a formula of which words say something: of an equation those on its left side."""
    left = (tree.sides[0] if isinstance(tree, Relation) and set(tree.operators) == {"="} else tree for tree in trees(math))
    return frozenset(letter(part) for tree in left for part in walk(tree) if could_be_name(part))


def _doubted(sentence: Sentence, moved: Set[Tree]) -> list[Math]:
    """The formulas of which a sentence says how they may move; whether they do is known where the steps are made."""
    said = _spelled(sentence)
    if sentence.place.heading or _ABOUT_TEXT.match(said):
        return []
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    found = [*_bounded(sentence), *_letters_spoken_of(sentence, said, moved)]
    for match in _PREDICATE.finditer(said):
        if match["said"] not in _STATED and match["said"][:1].isalpha():
            start = said[: match.start("subject")].count("$")
            found += formulas[start : start + match["subject"].count("$")]
    return found


def _letters_spoken_of(sentence: Sentence, said: str, moved: Set[Tree]) -> list[Math]:
    """The letters beside which an unknown word stands, "keep $v$ fixed", but for the noun that it is."""
    spelled = said.split()
    letters = [token if isinstance(token, Math) and _is_given(token, moved) else None for token in sentence.tokens]
    listed = [each for each in letters if each is not None]
    if len(spelled) != len(letters) or _TURNED.search(_DATA.sub(" ", said)):
        return listed
    known = _KNOWN | _BESIDE | _STATED
    found: list[Math] = []
    for index, math in ((index, math) for index, math in enumerate(letters) if math is not None):
        before, after = spelled[max(index - 4, 0) : index], spelled[index + 1 : index + 2]
        follows = any(word not in known and word[:1].isalpha() and len(word) > 1 for word in after)  # of "U V^T" no V
        leads = bool(before) and before[-1] not in known and before[-1][:1].isalpha() and _ARTICLE.isdisjoint(before)
        found += [math] if follows or leads else []
    return found


def _is_given(math: Math, moved: Set[Tree]) -> bool:
    """Whether a formula is a letter that may move, or one and its value: one of those that the steps name, if they do."""
    found = trees(math)
    sides = found[0].sides if len(found) == 1 and isinstance(found[0], Relation) else tuple(found)
    if not sides or not could_be_name(sides[0]) or (sides[0] in _COUNTS or (moved and key(sides[0]) not in moved)):
        return False
    return all(read_literal(side) is not None for side in sides[1:])


def _moved(tasks: Sequence[Task]) -> frozenset[Tree]:
    """What all steps together name; nothing where some of them name nothing, or name it in words."""
    steps = [task for task in tasks if task.form == "descent" and not task.again]
    if any(task.named("of") or not task.math("of") for task in steps):
        return frozenset()
    return frozenset(key(tree) for task in steps for math in task.math("of") for tree in trees(math) if could_be_name(tree))


def _with_parameters(task: Task, sentences: Sequence[Sentence]) -> Task:
    """Steps that name nothing move what the text calls its parameters: "the parameters are $w$ and $b$"."""
    if task.form != "descent" or task.math("of") or task.named("of"):
        return task
    for sentence in sentences:
        match = _PARAMETERS_ARE.search(said := _spelled(sentence))
        if match is not None and sentence.place.part in (None, task.part):
            formulas = [token for token in sentence.tokens if isinstance(token, Math)][
                said[: match.start("names")].count("$") :
            ]
            if all(could_be_name(tree) for math in formulas for tree in trees(math)):
                return replace(task, roles=(*task.roles, *(Role("of", math) for math in formulas)))
    return task


def _starts_elsewhere(task: Task, sentences: Sequence[Sentence]) -> bool:
    """Whether it starts from a list, `(b, w) = (1, 2)`, of letters that have other values."""
    starts = [tree for math in task.math("given", "point") for tree in trees(math) if isinstance(tree, Relation)]
    names = {key(part) for tree in starts if isinstance(tree.sides[0], Bracket) for part in walk(tree.sides[0])}
    formulas = [token for each in sentences for token in each.tokens if isinstance(token, Math)]
    given = (tree.sides[0] for math in formulas for tree in trees(math) if isinstance(tree, Relation))
    return not names.isdisjoint({key(side) for side in given if could_be_name(side)})


def _bounded(sentence: Sentence) -> list[Math]:
    r"""The formulas that bound what may move, `w \geq 3.5`; not the case of a function, "if $z > 0$"."""
    pairs = zip((None, *sentence.tokens), sentence.tokens, strict=False)
    formulas = [each for before, each in pairs if isinstance(each, Math) and not (before and before.text in _CASE)]
    return [math for math in formulas if any(isinstance(tree, Relation) and _bounds(tree) for tree in trees(math))]


def _bounds(tree: Relation) -> bool:
    interval = tree.operators == ("\\in",) and isinstance(tree.sides[-1], Bracket)
    return interval or not _ORDERED.isdisjoint(tree.operators)


def _has_examples(sentence: Sentence) -> bool:
    """Whether a sentence may give more than one example: a sum, or a word for them."""
    formulas = [tree for token in sentence.tokens if isinstance(token, Math) for tree in trees(token)]
    return _MANY.search(_spelled(sentence)) is not None or any(map(_sums, formulas))


def _sums(tree: Tree) -> bool:
    return any(isinstance(part, BigOperator) for part in walk(tree))


def _spelled(sentence: Sentence) -> str:
    return " ".join("$" if isinstance(token, Math) else token.text for token in sentence.tokens)
