"""Requests for entropies and divergences: which quantity, of which distributions in which order, in which unit."""

import pytest

from chainrule.sheets import Math, Problem, Task, read_sheet
from chainrule.source import Source

GIVEN = "Let $P = (0.5, 0.5)$ be the true distribution and $Q = (0.9, 0.1)$ an estimate.\n\n"


def read_problem(text: str) -> Problem:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    return problem


def show(task: Task) -> str:
    """`kl P Q in bits`, with `order 2` and the flags."""
    asked = [math.text for math in task.math("asked")]
    order = [f"order {math.text}" for math in task.math("order")]
    unit = [f"in {task.unit}"] if task.unit else []
    flags = ["reverse"] * task.reverse + ["every"] * task.every
    head = [] if task.form == "information" else [task.form]
    quantity = "" if task.form == "unknown" else task.quantity
    return " ".join([*head, quantity, *asked, *order, *unit, *flags]).replace("  ", " ").strip()


def asked(text: str) -> list[str]:
    return [show(task) for task in read_problem(text).tasks]


PHRASES = [
    ("Compute the entropy of $P$ (in bits).", ["entropy P in bits"]),
    ("Compute KL divergence $D_{KL}(P \\parallel Q)$.", ["kl D_{KL}(P \\parallel Q)"]),
    ("Find the Kullback–Leibler (KL) divergence between $P$ and $Q$.", ["kl P Q"]),
    ("Find the Kullback- Leibler divergence between P and Q.", ["kl P Q"]),
    ("Find the KL-divergence between P and Q.", ["kl P Q"]),
    ("Find the relative entropy of $P$ with respect to $Q$.", ["kl P Q"]),
    ("What is the KL divergence from $P$ to $Q$?", ["kl P Q"]),
    ("What is the KL divergence of $Q$ from $P$?", ["kl Q P"]),
    ("Find the cross-entropy between the true labels $y$ and $\\hat y$.", ["cross_entropy y \\hat y"]),
    ("Compute the cross-entropy of $Q$ relative to $P$.", ["cross_entropy P Q"]),
    ("Compute the cross-entropy between $Q$ and $P$.", ["cross_entropy P Q"]),
    ("Compute the cross-entropy loss.", ["cross_entropy P Q"]),
    ("Compute the KL divergence between the true and the estimated distribution.", ["kl P Q"]),
    ("Compute the entropy of the true distribution.", ["entropy P"]),
    ("Compute the entropies of $X$ and $Y$.", ["entropy X", "entropy Y"]),
    ("Compute the entropy of both distributions.", ["entropy P", "entropy Q"]),
    ("Compute the conditional entropy of $Y$ given $X$.", ["conditional_entropy Y X"]),
    ("Compute the entropy of $Y$ given $X$.", ["conditional_entropy Y X"]),
    ("Compute the conditional entropy $H(Y \\mid X)$.", ["conditional_entropy H(Y \\mid X)"]),
    ("Compute the mutual information between $X$ and $Y$.", ["mutual_information X Y"]),
    (
        "Compute the joint entropy, the conditional entropies and the mutual information.",
        ["joint_entropy", "conditional_entropy every", "mutual_information"],
    ),
    (
        "Calculate $H(X)$, $H(X \\mid Y)$ and $I(X;Y)$ in bits.",
        ["entropy H(X) in bits", "conditional_entropy H(X \\mid Y) in bits", "mutual_information I(X;Y) in bits"],
    ),
    ("Compute the reverse KL divergence between $P$ and $Q$.", ["kl Q P"]),
    ("Compute the reverse KL.", ["kl Q P"]),
    ("Compute the KL divergence in both directions.", ["kl P Q", "kl Q P"]),
    ("Compute the KL divergence between $P$ and $Q$ and between $Q$ and $P$.", ["kl P Q", "kl Q P"]),
    ("Compute the KL divergence and the cross-entropy of $P$ and $Q$.", ["kl P Q", "cross_entropy P Q"]),
    ("Compute the entropy of $P$ and the KL divergence between $P$ and $Q$.", ["entropy P", "kl P Q"]),
    ("Compute the entropy $H(P)$ and the divergence $D_{KL}(P \\| Q)$.", ["entropy H(P)", "kl D_{KL}(P \\| Q)"]),
    ("Compute the loss $L$ and the entropy of $P$.", ["value L", "entropy P"]),
    ("Compute the Jensen-Shannon divergence between P and Q in bits.", ["jensen_shannon P Q in bits"]),
    ("Compute the Rényi divergence of order 2 between $P$ and $Q$.", ["renyi P Q order 2"]),
    ("Compute the Renyi divergence of order 1/2 between $P$ and $Q$.", ["renyi P Q order 1/2"]),
    ("Compute the Rényi divergence $D_\\alpha(P \\| Q)$ for $\\alpha = 2$.", ["renyi P Q order \\alpha = 2"]),
    ("Compute the Rényi entropy $H_2(P)$.", ["renyi_entropy P order 2"]),
    ("Compute the Jensen-Shannon divergence $JS(P, Q)$.", ["jensen_shannon P Q"]),
    ("Compute the entropy $S(P) = -\\sum_i P_i \\ln P_i$.", ["entropy P"]),
    ("Compute the Shannon information content of the outcome $d$ in bits.", ["surprisal d in bits"]),
    ("Compute $\\chi^2(P \\| Q)$.", ["chi_squared \\chi^2(P \\| Q)"]),
    ("What is the surprisal of outcome A?", ["surprisal A"]),
    ("What is the surprisal of an event with probability 1/8?", ["surprisal 1/8"]),
    (
        "Compute the total variation distance and the Hellinger distance of $P$ and $Q$.",
        ["total_variation P Q", "hellinger P Q"],
    ),
    ("Compute the binary cross-entropy for $y=1$, $p=0.8$.", ["cross_entropy \\mathrm{Bern}(y) \\mathrm{Bern}(p)"]),
    ("How many bits are needed on average to encode a sample from $P$?", ["entropy P in bits"]),
    ("How many extra bits do we need if we use a code optimized for $Q$ for $P$?", ["kl P Q in bits"]),
    ("How many bits does $X$ give about $Y$?", ["mutual_information X Y in bits"]),
    ("Compute $D_{KL}(P \\| Q) = \\sum_x P(x) \\log \\frac{P(x)}{Q(x)}$.", ["kl D_{KL}(P \\| Q)"]),
    ("Report the KL divergence from $P$ to $Q$ in nats.", ["kl P Q in nats"]),
]


@pytest.mark.parametrize(("sentence", "expected"), PHRASES, ids=[sentence for sentence, _ in PHRASES])
def test_a_phrase_asks_these(sentence: str, expected: list[str]) -> None:
    assert asked(GIVEN + sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("Compute the entropy of $P$ in nats and in bits.", ["nats", "bits"]),
        ("Compute the entropy of $P$ in nats and bits.", ["nats", "bits"]),
        ("Compute the entropy of $P$ (base 2).", ["bits"]),
        ("Compute the entropy of $P$ using log base 2.", ["bits"]),
        ("Compute the entropy of $P$, using natural logarithms.", ["nats"]),
        ("Compute the entropy of $P$ with base-10 logs.", ["base 10"]),
        ("Compute the entropy of $P$ to base $3$.", ["base 3"]),
        ("Compute the entropy of $P$ using $\\log_2$.", ["bits"]),
        ("Compute the entropy of $P$, where all logs are natural.", ["nats"]),
        ("In bits, what is the entropy of $P$?", ["bits"]),
        ("Using base-2 logarithms, compute $H(P)$.", ["bits"]),
        ("All logarithms are base 2. Compute the entropy of $P$.", ["bits"]),
        ("Use log base 2 throughout. Compute the entropy of $P$.", ["bits"]),
        ("Compute the entropy of $P$. Give all answers in nats.", ["nats"]),
        ("Compute the entropy of $P$. Convert it to nats.", [None, "nats"]),
        ("Measure information in bits. Compute the entropy of $P$ in nats.", ["nats"]),
        ("Compute the entropy of $P$.", [None]),
    ],
)
def test_units(sentence: str, units: list[str | None]) -> None:
    assert [task.unit for task in read_problem(GIVEN + sentence).tasks] == units


def test_a_unit_above_the_problems_holds_for_all() -> None:
    sheet = read_sheet(
        Source("sheet.md", "All logarithms are base 2.\n\n# Problem 1\nLet $P = (0.5, 0.5)$. Compute the entropy of $P$.\n")
    )
    assert [task.unit for task in sheet.problems[0].tasks] == ["bits"]


def test_a_unit_in_a_part_holds_for_that_part() -> None:
    text = "Let $P = (0.5, 0.5)$.\n\n(a) Compute $H(P)$. Use log base 2.\n\n(b) Compute the perplexity of $P$.\n"
    assert [(task.part, task.unit) for task in read_problem(text).tasks] == [("a", "bits"), ("b", None)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Is the KL divergence symmetric?", "symmetry kl P Q"),
        ("Show that KL is not symmetric.", "symmetry kl P Q"),
        ("Is $D_{KL}(P\\|Q) = D_{KL}(Q\\|P)$?", "symmetry kl D_{KL}(P\\|Q)"),
        ("Does $D_{KL}(P\\|Q)$ equal $D_{KL}(Q\\|P)$?", "symmetry kl D_{KL}(P\\|Q)"),
        ("Compare $D(P\\|Q)$ and $D(Q\\|P)$.", "symmetry kl D(P\\|Q)"),
        ("If we reverse the distributions P, Q, will the KL divergence be the same?", "symmetry kl P Q"),
        ("What happens to the KL divergence if we swap P and Q?", "symmetry kl P Q"),
        ("Is the Jensen-Shannon divergence symmetric?", "symmetry jensen_shannon P Q"),
    ],
)
def test_questions_of_symmetry(sentence: str, expected: str) -> None:
    assert asked(GIVEN + sentence) == [expected]


def test_a_question_of_symmetry_is_of_what_was_asked_before() -> None:
    assert asked(GIVEN + "Compute $D_{KL}(P\\|Q)$. Is it symmetric?")[1:] == ["symmetry kl D_{KL}(P\\|Q)"]
    asks = "Compute $D_{KL}(P\\|Q)$ and $D_{KL}(Q\\|P)$ and compare them."
    assert [line.split()[0] for line in asked(GIVEN + asks)] == ["kl", "kl", "symmetry"]


def test_the_same_question_twice_is_one_task() -> None:
    text = GIVEN + "Is the KL divergence symmetric? That is, if we exchange P and Q, will we get the same value?"
    assert asked(text) == ["symmetry kl P Q"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Calculate the cross-entropy of $p$.",
        "Compute the divergence of the field $F$.",
        "Compute the entropy of $P$ after ten updates.",
        "If $Q$ were uniform, compute the KL divergence.",
        "Compute the entropy of the compressed $P$.",
        "Find the $Q$ that minimizes the KL divergence.",
        "Compute the KL divergence between $P$ and the nearest $Q$.",
        "How many bits does the network use?",
        "Compute the KL divergence between $P$, $Q$ and $R$.",
        "Compute the entropy of $P$ with respect to $Q$.",
        "Compute the KL divergence of $P$ given $Q$.",
    ],
)
def test_what_is_not_wholly_understood_is_no_such_task(sentence: str) -> None:
    assert all(task.form == "unknown" for task in read_problem(sentence).tasks)
    assert read_problem(sentence).tasks


def test_the_symmetry_of_what_is_no_divergence_is_a_question_of_a_matrix() -> None:
    assert [task.form for task in read_problem("Is $A$ symmetric?").tasks] == ["convexity"]
    of_both = read_problem(GIVEN + "Compute $D_{KL}(P\\|Q)$. Is $A$ symmetric? Is $D_{KL}$ symmetric?").tasks
    assert [task.form for task in of_both] == ["information", "convexity", "symmetry"]


def test_letters_are_entropies_only_where_the_problem_is_about_distributions() -> None:
    assert asked("Compute $H(x)$.") == ["value H(x)"]
    assert asked("$X$ is a random variable. Compute $H(X)$.") == ["entropy H(X)"]


def test_an_identity_is_a_claim() -> None:
    problem = read_problem(GIVEN + "Verify that $H(P,Q) = H(P) + D_{KL}(P\\|Q)$.")
    assert [task.form for task in problem.tasks] == ["claim"]
    assert [item.illustration for item in problem.items if isinstance(item, Math)] == [False, False, True]


def test_a_wording_that_authors_use_in_two_ways_is_noted() -> None:
    notes = [d.message for d in read_problem(GIVEN + "What is the KL divergence from $P$ to $Q$?").diagnostics]
    assert any("expectation over P" in note for note in notes)
    assert not read_problem(GIVEN + "What is the KL divergence between $P$ and $Q$?").diagnostics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a) The true label is $y = [1, 0]$ and the model predicts $q = [0.8, 0.2]$. Compute the cross-entropy loss.", "y q"),
        ("(a) The model predicts $q = [0.8, 0.2]$ and the true label is $y = [1, 0]$. Compute the cross-entropy loss.", "y q"),
        ("(a) The prediction is $\\hat{y} = [0.8, 0.2]$ for $y = [1, 0]$. Compute the cross-entropy.", "y \\hat{y}"),
        ("(a) Let $R = (0.1, 0.9)$, $S = (0.2, 0.8)$. Compute the cross-entropy.", "R S"),
        ("(a) A better estimate is $R = (0.4, 0.6)$. Compute the cross-entropy.", "P R"),
        ("(a) Compute the cross-entropy.", "P Q"),
    ],
)
def test_the_distributions_of_a_loss_are_those_of_its_part(text: str, expected: str) -> None:
    assert asked(GIVEN + text) == [f"cross_entropy {expected}"]


@pytest.mark.parametrize(
    ("sentence", "of", "wrt"),
    [
        ("Compute the gradient of the cross-entropy between $P$ and $Q$ with respect to $z$.", "H(P, Q)", "z"),
        ("Differentiate the entropy of $P$ with respect to $a$.", "H(P)", "a"),
        ("Compute the gradient of the KL divergence $D(P \\| Q)$ with respect to $z$.", "D(P \\| Q)", "z"),
    ],
)
def test_a_derivative_of_a_quantity_in_words_is_that_of_its_notation(sentence: str, of: str, wrt: str) -> None:
    (task,) = read_problem(GIVEN + sentence).tasks
    shown = [math.text.replace("\\left", "").replace("\\right", "") for math in task.math("of", "wrt")]
    assert (task.form, shown) == ("derivative", [of, wrt])


def test_a_part_may_only_name_what_it_asks() -> None:
    text = GIVEN + "(a) $D_{KL}(P \\| Q)$\n\n(b) $H(P)$ in bits\n\n(c) the relative entropy of $Q$ with respect to $P$\n"
    assert asked(text) == ["kl D_{KL}(P \\| Q)", "entropy H(P) in bits", "kl Q P"]
    assert asked("Find, in bits,\n\n(a) $H(X)$.\n\n(b) the mutual information $I(X; Y)$.\n") == [
        "entropy H(X) in bits",
        "mutual_information I(X; Y) in bits",
    ]


def test_a_part_is_not_of_what_a_later_part_defines() -> None:
    text = "(a) What is its entropy?\n\n(b) Let $P = (0.5, 0.5)$. What is its entropy?\n"
    assert [task.form for task in read_problem(text).tasks] == ["unknown", "information"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Compute the cross-entropy loss $L = -\\sum_i P_i \\log Q_i$.", ["value L = -\\sum_i P_i \\log Q_i"]),
        ("Compute the negative log-likelihood $-\\log q$.", ["value -\\log q"]),
        ("How many bits are wasted, i.e. what is $D_{KL}(P \\| Q)$ in bits?", ["kl D_{KL}(P \\| Q) in bits"]),
        ("Compute $H(P)$. Give all results to 4 decimal places.", ["entropy H(P)"]),
    ],
)
def test_words_beside_what_is_asked(sentence: str, expected: list[str]) -> None:
    assert asked(GIVEN + sentence) == expected


def test_what_is_asked_again_in_another_unit() -> None:
    text = GIVEN + "1. Compute $H(P)$ in nats.\n2. Compute it in bits.\n"
    assert asked(text) == ["entropy H(P) in nats", "entropy H(P) in bits"]


@pytest.mark.parametrize(
    "text",
    [
        "$P = (0.5, 0.5)$. Compute the entropy of a biased coin in bits.",
        "$P = (0.5, 0.5)$. Compute the entropy of the second distribution.",
        "$P = (0.5, 0.5)$. Compute the KL divergence of the source from the distribution.",
        "$P = (0.5, 0.5)$ is one coin. Another coin shows heads nine times in ten. Compute the entropy of the coin.",
        "$P = (0.5, 0.5)$ is a coin, a second coin is loaded. Compute the entropy of the loaded coin.",
        "$P = (0.5, 0.5)$ is a coin, a second coin is loaded. Compute its entropy.",
        "$X$ is a fair die. A loaded die shows a six half of the time. Compute its entropy in bits.",
        "$X$ is a fair die. A loaded die shows a six half of the time. Compute the entropy in bits.",
        "A coin has $P(H) = 0.4$ and $P(T) = 0.6$. Compute the entropy of the loaded die.",
        "A fair die is thrown. $P = (0.25, 0.75)$ describes a coin. Compute its entropy.",
        "A loaded coin is tossed.\n\n(a) Compute the entropy of the loaded coin.\n\n(b) Let $P$ be a fair die. Compute $H(P)$.",
    ],
)
def test_words_for_another_thing_never_mean_the_only_distribution(text: str) -> None:
    assert asked(text)[0].split() == ["unknown"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A biased coin has $P = (0.25, 0.75)$. What is the entropy of the biased coin?", "entropy P"),
        ("A source emits letters with $P = (0.5, 0.5)$. What is the entropy of the source?", "entropy P"),
        ("Let $P$ be a fair die. Compute the entropy of the fair die.", "entropy Q"),
        ("Let $P$ be a fair die. Compute the entropy of the die.", "entropy P"),
        ("Let $P$ be a fair coin. Compute its entropy.", "entropy P"),
        ("Let $P \\sim \\mathrm{Poisson}(3)$. Compute the entropy of the Poisson distribution.", "entropy P"),
        ("A coin has $P(H) = 0.4$ and $P(T) = 0.6$. Compute its entropy.", "entropy P"),
        ("Let $P = \\mathcal{N}(0, 1)$. Compute the entropy of the normal distribution.", "entropy"),
    ],
)
def test_words_said_of_the_only_distribution_mean_it(text: str, expected: str) -> None:
    assert asked(text) == [expected]
