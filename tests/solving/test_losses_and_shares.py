"""Derivatives of losses of distributions as textbooks print them, without shapes, and their numbers at the edges."""

import numpy as np
import pytest
from mpmath import mp, mpf

import chainrule as cr

STATED = "sum(y) = 1"


def text_of(equations: str, by: str, *facts: str) -> str:
    return cr.parse(equations, facts=list(facts)).derivative("L", by).text


@pytest.mark.parametrize(
    ("equations", "by", "facts", "expected"),
    [
        (r"L = BCE(y, \sigma(Xw))", "w", (), "X^T (sigma(X w) - y)"),
        (r"L = BCE(t, \sigma(A v))", "v", (), "A^T (sigma(A v) - t)"),
        (r"L = BCE(Y, \sigma(X W))", "W", (), "X^T (sigma(X W) - Y)"),
        (r"L = BCE(y, \sigma(w^\top x + b))", "w", (), "(sigma(w^T x + b) - y) x"),
        (r"L = mean(BCE(y, \sigma(X w)))", "w", (), "(1/n) X^T (sigma(X w) - y)"),
        ("p = softmax(z); q = softmax(w); L = KL(p || q)", "w", (), "q - p"),
        ("L = KL(softmax(z) || softmax(w))", "w", (), "softmax(w) - softmax(z)"),
        (r"t = (1-\epsilon) y + \epsilon u; L = H(t, softmax(z))", "z", (STATED, "sum(u) = 1"), "softmax(z) - t"),
        (r"t = (1-\epsilon) y + \frac{\epsilon}{K} \mathbf{1}; L = H(t, softmax(z))", "z", (STATED,), "softmax(z) - t"),
        (r"t = (1-\epsilon) y + \epsilon u; L = H(t, softmax(z))", "z", (STATED,), "(𝟏^T t) softmax(z) - t"),
        (r"L = D_{KL}(\mathcal{N}(\mu, \sigma^2 I) \| \mathcal{N}(0, I))", r"\log\sigma^2", (), "(1/2) (n sigma^2 - n)"),
        (r"L = D_{KL}(\mathcal{N}(\mu, \sigma^2) \| \mathcal{N}(0, 1))", r"\sigma^2", (), "(1/2) (1 - 1/sigma^2)"),
        (r"L = D_{KL}(\mathcal{N}(m, \operatorname{diag}(s^2)) \| \mathcal{N}(0, I))", r"\log s^2", (), "(1/2) (s.^2 - 𝟏)"),
        (r"L = \mathbb{E}_{x \sim p}[\log p(x) - \log q(x)]", "q", (), "-p ./ q"),
        (r"L = -\mathbb{E}_{i \sim p}[\log q_i]", "p", (), "-log(q)"),
        (r"L = \mathbb{E}_{q}\left[\log\frac{q}{p}\right]", "p", (), "-q ./ p"),
        (r"L = KL(\pi || q)", "q", (), "-pi ./ q"),
        (r"L = H(\pi)", r"\pi", (), "-log(pi) - 𝟏"),
    ],
)
def test_the_derivative_is_printed_as_in_a_textbook(equations: str, by: str, facts: tuple[str, ...], expected: str) -> None:
    assert text_of(equations, by, *facts) == expected


def test_a_loss_of_arrays_is_their_sum_only_where_a_number_is_wanted() -> None:
    shapes = {"y": ("n",), "z": ("n",)}
    summed = cr.parse(r"L = BCE(y, \sigma(z))", shapes=shapes)
    assert [said.code for said in summed.diagnostics if said.code == "summed-loss"] == ["summed-loss"]
    assert summed.derivative("L", "z").shape == ("n",)
    entries = cr.parse(r"h = BCE(y, \sigma(z))", shapes=shapes)
    assert entries.derivative("h", "z").shape == ("n", "n")


def test_what_is_differentiated_by_is_free_although_it_is_a_softmax() -> None:
    net = cr.parse(r"p = softmax(z); L = \log(\mathbf{1}^\top p)", shapes={"z": (2,)})
    assert np.allclose(net.derivative("L", ("p", "p")).at({"z": [0.0, 0.0]}), -1)
    assert np.allclose(net.derivative("L", ("z", "z")).at({"z": [0.0, 0.0]}), 0)


def test_a_second_derivative_by_an_expression_is_refused() -> None:
    net = cr.parse(r"L = D_{KL}(\mathcal{N}(\mu, \sigma^2) \| \mathcal{N}(0, 1))")
    with pytest.raises(cr.ChainruleError) as caught:
        net.derivative("L", (r"\sigma^2", r"\sigma^2"))
    assert caught.value.code == "order-by-expression"


def test_sizes_of_mean_and_covariance_are_one() -> None:
    with pytest.raises(cr.ChainruleError):
        cr.parse(
            r"L = D_{KL}(\mathcal{N}(\mu, \Sigma) \| \mathcal{N}(0, I))", shapes={r"\mu": (2,), r"\Sigma": (3, 3)}
        ).derivative("L", r"\mu")


def program(found: "cr.surface.derivative.Derivative", given: dict[str, list[float]]) -> np.ndarray:
    space: dict[str, object] = {}
    exec(found.code(), space)
    return space["derivative"](*(np.asarray(given[name]) for name in found.needs))  # type: ignore[operator]


@pytest.mark.parametrize("scale", [1, 40, 300])
def test_small_entries_keep_their_digits_beside_a_share_close_to_one(scale: int) -> None:
    mp.dps = 400
    z, w = [1.0 * scale, 0.25 * scale, -1.0 * scale], [0.5 * scale, -0.5 * scale, 0.0]
    p, q = ([mp.e ** mpf(x) / sum(mp.e ** mpf(y) for y in each) for x in each] for each in (z, w))
    ratio = [mp.log(a / b) for a, b in zip(p, q, strict=True)]
    mean = sum(a * r for a, r in zip(p, ratio, strict=True))
    net = cr.parse("L = KL(softmax(z) || softmax(w))")
    given = {"z": z, "w": w}
    exact = {"z": [a * (r - mean) for a, r in zip(p, ratio, strict=True)], "w": [b - a for a, b in zip(p, q, strict=True)]}
    assert float(net.at(given)["L"]) == pytest.approx(float(mean), rel=1e-12, abs=0)
    for by, expected in exact.items():
        found = net.derivative("L", by)
        for made in (net.at(given).gradient("L", by), found.at(given), program(found, given)):
            assert np.allclose(made, [float(x) for x in expected], rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("equations", "by", "slope"),
    [
        ("L = D_J(p || q)", "p", lambda a, b: mp.log(a / b) + 1 - b / a),
        (r"L = \chi^2(p \| q)", "q", lambda a, b: 1 - a**2 / b**2),
    ],
)
def test_near_distributions_keep_the_digits_of_their_difference(equations: str, by: str, slope: object) -> None:
    mp.dps = 60
    p, q = [0.25, 0.75], [0.25 * (1 + 1e-9), 0.75 * (1 - 1e-12)]
    net = cr.parse(equations)
    expected = [float(slope(mpf(a), mpf(b))) for a, b in zip(p, q, strict=True)]  # type: ignore[operator]
    for made in (net.derivative("L", by).at({"p": p, "q": q}), net.at({"p": p, "q": q}).gradient("L", by)):
        assert np.allclose(made, expected, rtol=1e-12, atol=0)
