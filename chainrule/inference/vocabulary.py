"""The words of the operation table, as the parser wants them."""

from functools import cache

from chainrule.ops.table import vocabulary_words
from chainrule.syntax.vocabulary import Vocabulary


@cache
def vocabulary() -> Vocabulary:
    """Every word that is a function wherever it stands; "where" more often joins two statements."""
    return Vocabulary.of(vocabulary_words() - {"where"})
