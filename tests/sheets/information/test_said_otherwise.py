r"""Words that make another quantity or number of what is asked: refused, and the usual words for the same pass."""

from math import exp, log

import pytest

from tests.sheets.information.answers import refusals, solved, values

_GIVEN = "Let $P = (0.25, 0.75)$ and $Q = (0.5, 0.5)$."
_JSD = "Compute the Jensen-Shannon divergence of $P$ and $Q$."
_TV = "Compute the total variation distance of $P$ and $Q$."
_CE = "Compute the cross-entropy of $P$ and $Q$ in nats."
_P = -0.25 * log(0.25) - 0.75 * log(0.75)


@pytest.mark.parametrize(
    "text",
    [
        f"{_GIVEN} Perplexity means the entropy in bits. Compute the perplexity of $P$.",
        f"{_GIVEN} By surprise we mean the entropy in bits. Compute the surprise of $P$.",
        f"{_GIVEN} In this course, perplexity denotes the entropy of order 2. Find the perplexity of $P$.",
        f"{_GIVEN} The Jensen-Shannon divergence here means half the sum of the two KL divergences. {_JSD}",
        f"{_GIVEN} The total variation distance is the sum of the absolute differences, without the factor half. {_TV}",
        "The spam rate is $p = 0.7$ on weekdays and 0.4 on weekends. Compute the entropy of $(p, 1 - p)$.",
        "Let $p = 0.7$ in spring and $0.4$ in autumn. Compute the entropy of $(p, 1 - p)$.",
        r"Let $X$ be uniform on $\{1,2,3,4\}$ under the condition $Y = 1$. Compute the entropy of $X$.",
        r"Given $Y = 1$, $X$ is uniform on $\{1,2,3,4\}$. Compute $H(X)$.",
        r"Let $z = 0.3$ and $y = \sigma(z)$. Compute $L = y^2$ with $y$ rounded to one decimal.",
        r"Let $z = 0.3$ and $y = \sigma(z)$. Round $y$ to two decimals and compute $L = y^2$.",
    ],
)
def test_what_is_said_otherwise_is_refused(text: str) -> None:
    assert refusals(text)
    assert not solved(text).answers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{_GIVEN} Perplexity means the effective number of outcomes. Compute the entropy of $P$ in nats.", _P),
        (f"{_GIVEN} The total variation distance is half the sum of the absolute differences. {_TV}", 0.25),
        (f"{_GIVEN} The cross-entropy is the sum of the entropy and the KL divergence. {_CE}", log(2)),
        ("A coin has $p = 0.75$ for heads and 0.25 for tails. Compute the entropy of $(p, 1 - p)$ in nats.", _P),
        ("The probabilities $p = (0.25, 0.75)$ are rounded to two decimals. Compute the entropy of $p$ in nats.", _P),
    ],
)  # fmt: skip
def test_the_usual_words_change_nothing(text: str, expected: float) -> None:
    assert values(text) == pytest.approx([expected])


@pytest.mark.parametrize("asked", ["its gradient with respect to $q$", r"$\frac{dD}{dq}$"])
def test_a_derivative_of_what_is_asked_in_bits(asked: str) -> None:
    """The value is in bits, and the derivative in nats would not say so."""
    text = f"Let $q = 0.5$ and $D = -q \\log q - (1 - q) \\log(1 - q)$. Compute $D$ in bits and {asked}."
    problem = solved(text)
    assert not [each for each in problem.answers if each.kind == "derivative"]
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["task-not-understood"]


_OWN = r"Let $D(p, q) = \sum_i p_i \log(p_i / q_i)$." + "\n\n(a) Compute $D$ for $p = (0.2, 0.8)$ and $q = (0.4, 0.6)$.\n\n"
_SLOPE = "Compute the gradient of $D$ with respect to $q$"
_TWICE = _OWN + "(b) Compute $D$ for $p = (0.5, 0.5)$ and $q = (0.25, 0.75)$.\n\n(c) "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{_OWN}(b) {_SLOPE} at the same $p$ and $q$.", [-0.2 / 0.4, -0.8 / 0.6]),
        (f"{_OWN}(b) {_SLOPE} at the same $p$ and at $q = (0.25, 0.75)$.", [-0.2 / 0.25, -0.8 / 0.75]),
        (f"{_TWICE}{_SLOPE} at the same $p$ and $q$.", [-0.5 / 0.25, -0.5 / 0.75]),
        (f"{_TWICE}{_SLOPE} at the same $p$ and $q$ as in (a).", [-0.2 / 0.4, -0.8 / 0.6]),
        (f"{_TWICE}{_SLOPE} at the $p$ and $q$ of (a).", [-0.2 / 0.4, -0.8 / 0.6]),
    ],
)
def test_the_same_point_is_the_last_one_or_that_of_the_part_named(text: str, expected: list[float]) -> None:
    assert values(text)[-1] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "point",
    [
        "at the same $p$ and the uniform $q$",
        "at the same $p$ and $q$ exchanged",
        "not at the same $p$ and $q$",
        "at the uniform $q$",
    ],
)
def test_another_point_is_not_the_same(point: str) -> None:
    problem = solved(f"{_OWN}(b) {_SLOPE} {point}.")
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["task-not-understood"]
    assert [each.part for each in problem.answers] == ["a"]


def test_the_same_logits() -> None:
    given = "Let $L(z) = -\\log(e^{z_1} / (e^{z_1} + e^{z_2}))$.\n\n(a) Compute $L$ at $z = (1, 0)$.\n\n"
    asked = "(b) Compute the gradient of $L$ for the same"
    second = 1 / (1 + exp(1))
    assert values(f"{given}{asked} logits.")[1] == pytest.approx([-second, second], rel=1e-12)
    for other in ("labels", "logits doubled"):
        assert [each.part for each in solved(f"{given}{asked} {other}.").answers] == ["a"]


@pytest.mark.parametrize(
    "said", [r"the prediction is $\mathrm{softmax}(z / T)$", r"a classifier predicts $\mathrm{softmax}(z / T)$"]
)
def test_the_prediction_at_several_temperatures(said: str) -> None:
    asked = f"The logits are $z = (2, 1, 0)$ and {said}. Compute the entropy of the prediction at $T = 1$, $T = 2$ and $T = 5$"
    expected: list[float] = []
    for temperature in (1, 2, 5):
        weights = [exp(z / temperature) for z in (2, 1, 0)]
        chances = [weight / sum(weights) for weight in weights]
        expected.append(-sum(p * log(p) for p in chances))
    assert values(f"{asked} in nats.") == [pytest.approx(each, rel=1e-12) for each in expected]
    assert refusals(f"{asked.replace('the prediction at', 'the second prediction at')} in nats.")


_UPDATE = "Let $P = (0.2, 0.8)$ be the prior and $Q = (0.5, 0.5)$ the posterior. Find "
_KL = 0.5 * log(2.5) + 0.5 * log(0.625)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (r"the information gained, measured by the KL divergence of the posterior from the prior, $D(Q \| P)$, in nats.", _KL),
        (r"the information gained, quantified by the relative entropy $D(Q \| P)$, in bits.", _KL / log(2)),
        (r"the cost of the mistake, as measured by the KL divergence $D(Q \| P)$, in nats.", _KL),
    ],
)
def test_what_a_formula_measures_is_its_name(asked: str, expected: float) -> None:
    assert values(_UPDATE + asked) == pytest.approx([expected], rel=1e-12)


@pytest.mark.parametrize(
    "asked",
    [
        r"half the information gained, measured by the KL divergence of the posterior from the prior, $D(Q \| P)$.",
        r"the information gained, measured by the total variation distance, $D(Q \| P)$.",
        r"the information gained, measured by twice the KL divergence of the posterior from the prior, $D(Q \| P)$.",
        r"the information gained, not measured by the KL divergence of the posterior from the prior, $D(Q \| P)$.",
    ],
)
def test_what_is_measured_otherwise_is_refused(asked: str) -> None:
    assert refusals(_UPDATE + asked) == ["task-not-understood"]


@pytest.mark.parametrize(
    ("one", "other", "thing"),
    [
        ("old", "new", "policy"),
        ("initial", "final", "distribution"),
        ("current", "updated", "policy"),
        ("original", "current", "source"),
    ],
)
def test_what_a_thing_was_and_what_it_has_become(one: str, other: str, thing: str) -> None:
    given = f"The {one} {thing} is $P = (0.2, 0.8)$ and the {other} {thing} is $Q = (0.5, 0.5)$. Compute"
    entropy = -0.2 * log(0.2) - 0.8 * log(0.8)
    assert values(f"{given} the entropy of the {one} {thing} in nats.") == pytest.approx([entropy], rel=1e-12)
    assert values(f"{given} the entropy of the {other} {thing} in nats.") == pytest.approx([log(2)], rel=1e-12)
    direction = f"the KL divergence of the {other} {thing} from the {one} {thing} in nats."
    assert values(f"{given} {direction}") == pytest.approx([_KL], rel=1e-12)


_BELOW = r"Let $\pi_{old} = (0.2, 0.8)$ and $\pi_{new} = (0.5, 0.5)$. Compute"
_ONE_BY_ONE = (
    r"Let $\pi_{\text{old}}(a) = 0.2$, $\pi_{\text{old}}(b) = 0.8$ and"
    r" $\pi_{\text{new}}(a) = 0.5$, $\pi_{\text{new}}(b) = 0.5$. Compute"
)


@pytest.mark.parametrize("given", [_BELOW, _ONE_BY_ONE])
def test_the_words_below_a_name_tell_it_from_another(given: str) -> None:
    assert values(f"{given} the KL divergence of the new policy from the old policy in nats.") == pytest.approx(
        [_KL], rel=1e-12
    )
    for other in ("initial policy", "updated old policy", "previous policy"):
        assert refusals(f"{given} the KL divergence of the new policy from the {other}.")


def test_the_words_below_one_of_two_names() -> None:
    assert values(f"{_BELOW} the entropy of the new policy in bits.") == pytest.approx([1])


@pytest.mark.parametrize(
    "asked",
    [
        "Compute the entropy of the updated $P$.",
        "Compute the entropy of the old $P$ in nats.",
        "Compute the entropy of the old policy.",
        "Compute the entropy of the final distribution.",
        "Compute the Foo divergence of $P$ and $Q$.",
        "Compute the Sinkhorn divergence of $P$ and $Q$.",
        "Find the Foo distance between $P$ and $Q$.",
        "What is the Foo entropy of $P$?",
    ],
)
def test_a_thing_or_a_quantity_that_the_text_does_not_know(asked: str) -> None:
    assert refusals(f"{_GIVEN} {asked}") == ["task-not-understood"]
    assert not solved(f"{_GIVEN} {asked}").answers
