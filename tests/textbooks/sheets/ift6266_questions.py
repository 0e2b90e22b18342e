"""What ift6266_questions.tex is answered with."""

from tests.textbooks.by_hand import Answers, array, at, grad, jacobian, jnp, sigmoid, softmax


def cross_entropy(y: jnp.ndarray, t: jnp.ndarray) -> jnp.ndarray:
    return -jnp.sum(t * jnp.log(softmax(y)))


def answers() -> Answers:
    x = {"x": array([0.3, -1, 2])}
    y, t = array([1.0, 2, 3]), array([0.0, 1, 0])
    W = array([[0.5, 1], [0, 0.5]])
    return {
        "1": {"1": {"dS/dx": at(jacobian(softmax), x)}, "2": {"ds/dx": at(jacobian(sigmoid), x)}},
        "2": {
            "1": {"dL/dy": at(grad(cross_entropy), {"y": array([0.2, -1, 0.5, 1]), "t": array([0.0, 0, 1, 0])})},
            "2": {"dL/dy": grad(cross_entropy)(y, t)},
        },
        "3": {"1": {"dh_3/dh_0": "W^3"}, "2": {"dh_3/dh_0": W @ W @ W}},
    }
