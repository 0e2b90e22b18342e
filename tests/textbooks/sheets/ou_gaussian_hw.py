"""What ou_gaussian_hw.md is answered with."""

from tests.textbooks.by_hand import Answers, kl, nats


def answers() -> Answers:
    p, q = [0.199, 0.599, 0.001, 0.199, 0.001, 0.001], [0.1, 0.3, 0.1, 0.1, 0.3, 0.1]
    return {"1": {"1.1": {"D_KL(p || q)": nats(kl(p, q))}, "1.2": {"D_KL(q || p)": nats(kl(q, p))}}}
