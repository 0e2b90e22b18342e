"""Quantities of distributions over vectors in mpmath, from what is known of one number: independent parts and rotations.

A diagonal normal distribution is a product of normal ones, and a pair of full ones becomes a pair of diagonal ones by the
linear map that makes one covariance the identity and the other diagonal. A Dirichlet distribution is a product of beta ones
in the coordinates x_1, x_2 / (1 - x_1). Products: relative entropies add up, integrals of p^alpha q^(1 - alpha) multiply.
"""

from typing import Any

import mpmath as mp

from tests.probability.exact import Exact, Params, affinity, cross_entropy, entropy, exact, kl, power

Parts = list[Exact]


def _parts(name: str, parameters: Params, length: int) -> Parts:
    match name:
        case "normal_diagonal":
            return [exact("normal", m, v) for m, v in zip(*parameters, strict=True)]
        case "standard_normal":
            return [exact("normal", mp.mpf(0), mp.mpf(1)) for _ in range(length)]
        case _:
            [a] = parameters
            return [exact("beta", a[k], mp.fsum(a[k + 1 :])) for k in range(len(a) - 1)]


def _diagonalised(p: Params, q: Params) -> tuple[Parts, Parts, Any]:
    """The parts of both, and the log of the determinant of the map to their coordinates."""
    covariance, width = mp.matrix(p[1]), mp.matrix(q[1])
    root = mp.cholesky(width) ** -1
    values, vectors = mp.eigsy(root * covariance * root.T)
    turn = vectors.T * root
    first, second = turn * mp.matrix(p[0]), turn * mp.matrix(q[0])
    ps = [exact("normal", first[k], values[k]) for k in range(len(values))]
    return ps, [exact("normal", m, mp.mpf(1)) for m in second], mp.log(abs(mp.det(turn)))


def _log_jacobian(name: str, p: Parts) -> Any:
    """E log |du/dx| under P, where u are the coordinates of the parts; in those log q(x) = log q(u) + log |du/dx|."""
    if name != "dirichlet":
        return mp.mpf(0)
    each = [part.total(lambda x, part=part: part.density(x) * mp.log(1 - x)) for part in p]
    return -mp.fsum((len(p) - 1 - k) * value for k, value in enumerate(each))


def _log_power(name: str, p: Parts, order: Any) -> Any:
    """log of the integral of p^alpha over x: the powers of |du/dx| belong to the parts."""
    found = mp.mpf(0)
    for k, part in enumerate(p):
        if name != "dirichlet":
            found += mp.log(power(part, order))
            continue
        extra = (len(p) - 1 - k) * (1 - order)
        found += mp.log(part.total(lambda x, part=part, extra=extra: part.density(x) ** order * (1 - x) ** extra))
    return found


def exact_vector_value(quantity: str, first: tuple[str, Params], second: tuple[str, Params] | None, order: Any) -> Any:
    """The quantity of distributions over vectors, (family, parameters) each."""
    name, parameters = first
    length = len(parameters[0])
    shift = mp.mpf(0)
    if name == "normal_full":
        identity = [[mp.mpf(i == j) for j in range(length)] for i in range(length)]
        other = second[1] if second is not None and second[1] else ([mp.mpf(0)] * length, identity)
        p, q, shift = _diagonalised(parameters, other)
    else:
        p = _parts(name, parameters, length)
        q = _parts(second[0], second[1], length) if second is not None else p
    shift += _log_jacobian(name, p)
    half = mp.mpf("0.5")

    def product(alpha: Any) -> Any:
        return mp.fprod(affinity(a, b, alpha) for a, b in zip(p, q, strict=True))

    def sum_of(function: Any) -> Any:
        return mp.fsum(function(a, b) for a, b in zip(p, q, strict=True))

    def log_power() -> Any:
        scale = shift * (order - 1) if name == "normal_full" else 0
        return _log_power(name, p, order) + scale

    values = {
        "entropy": lambda: mp.fsum(map(entropy, p)) - shift,
        "cross_entropy": lambda: sum_of(cross_entropy) - shift,
        "kl": lambda: sum_of(kl),
        "jeffreys": lambda: sum_of(kl) + sum_of(lambda a, b: kl(b, a)),
        "bhattacharyya_coefficient": lambda: product(half),
        "bhattacharyya": lambda: -mp.log(product(half)),
        "squared_hellinger": lambda: 1 - product(half),
        "hellinger": lambda: mp.sqrt(1 - product(half)),
        "chi_squared": lambda: product(2) - 1,
        "renyi": lambda: mp.log(product(order)) / (order - 1),
        "alpha_divergence": lambda: (product(order) - 1) / (order * (order - 1)),
        "renyi_entropy": lambda: log_power() / (1 - order),
        "tsallis_entropy": lambda: (mp.exp(log_power()) - 1) / (1 - order),
        "perplexity": lambda: mp.exp(mp.fsum(map(entropy, p)) - shift),
        "cross_perplexity": lambda: mp.exp(sum_of(cross_entropy) - shift),
    }
    return values[quantity]()
