"""Plain text and Unicode mathematics -> trees; the notation of the right column is that of conftest.py."""

from collections.abc import Callable

import pytest

from chainrule.syntax.parser import Reading
from chainrule.syntax.tree import Tree

PLAIN = """
loss                        loss
W1                          W1
alpha                       \\alpha
Sigma_1                     (_ \\Sigma 1)
w_1                         (_ w 1)
w_12                        (_ w 12)
w_{i,j}                     (_ w i j)
x_(t+1)                     (_ x (+t +1))
x_1_2                       (_ x 1 2)
y_true                      (_ y true)
y_hat                       (hat y)
y_hat_1                     (_ (hat y) 1)
w_1_bar                     (bar (_ w 1))
W_hh                        (_ W hh)
w_1x                        (_ w 1x)
W^(1)                       (^ W (( 1))
W^[1]                       (^ W ([ 1))
W_ij^(2)                    (^ (_ W ij) (( 2))
W^(1)'                      (' (^ W (( 1)))
x^2                         (^ x 2)
x**2                        (^ x 2)
x^-1                        (^ x (-1))
2^3^2                       (^ 2 (^ 3 2))
-x^2                        (-(^ x 2))
x^n_1                       (^ x (_ n 1))
e^-x*y                      (* (^ e (-x)) y)
x^*                         (^ x *)
x.^2                        (.^ x 2)
a .* b ./ c                 (./ (.* a b) c)
W @ x + b                   (+(@ W x) +b)
A.T @ x                     (@ (^ A \\top) x)
x' A x                      (jux (' x) A x)
f''(x)                      (jux ('' f) (( x))
sigma(W x + b)              (jux \\sigma (( (+(jux W x) +b)))
max(0, n)                   (call max 0 n)
max(0, n)^2                 (^ (call max 0 n) 2)
exp(-x)                     (call exp (-x))
np.exp(x)                   (call exp x)
np.linalg.det(A)            (call det A)
F.T                         (^ F \\top)
relu'(x)                    (call (' relu) x)
sqrt(x)                     (call sqrt x)
binom(n, k)                 (call binom n k)
ReLU(x)                     (call relu x)
f(x, y)                     (jux f (( x y))
x[i]                        (_ x i)
A[i, j]                     (_ A i j)
A[:, j]                     (_ A : j)
x_1[2]                      (_ x 1 2)
x [1, 2]                    (jux x ([ 1 2))
[1, 2; 3, 4]                (bmatrix [1 2] [3 4])
[[1, 2], [3, 4]]            ([ ([ 1 2) ([ 3 4))
[1; 2]                      ([; 1 2)
{A: 0.6, B: 0.3}            ({ (A : 3/5) (B : 3/10))
{0, 1}                      ({ 0 1)
1e-3                        1/1000
2.5E2                       250
.5                          1/2
50%                         1/2
3!                          (call factorial 3)
1/2 (y - t)^2               (jux (/ 1 2) (^ (( (+y -t)) 2))
a == b                      (a = b)
a <= b != c                 (a \\le b \\ne c)
x ~ p                       (x \\sim p)
x in R^n                    (x \\in (^ R n))
|x| ||y||                   (jux (| x) (|| y))
KL(p || q)                  (call KL ((|| p q))
sum_i x_i                   (sum i _ (_ x i))
sum_{i=1}^{n} x_i + b       (+(sum (i = 1) n (_ x i)) +b)
sum_(i=1)^n x_i             (sum (i = 1) n (_ x i))
max_k z_k                   (max k _ (_ z k))
dL/dw                       (d:d L w)
d/dx                        (d:d _ x)
d^2f/dx^2                   (d:d f x x)
dloss/dW1                   (d:d loss W1)
dy_hat/dw_1                 (d:d (hat y) (_ w 1))
data/dim                    (/ data dim)
d1/d2                       (/ d1 d2)
\\frac{a}{b}                (frac a b)
1[n > 0] x                  (jux (mathbb 1) ([ (n > 0)) x)
(x, y)                      (( x y)
w_1x_1                      (jux (_ w 1) (_ x 1))
w_{h1}                      (_ w h1)
w <- w - eta*g              (w \\leftarrow (+w -(* \\eta g)))
x < -y                      (x < (-y))
a = 1 # the rate            (a = 1)
1_000                       1000
1,000                       1000
5. + x                      (+5 +x)
np.inf                      \\infty
math.pi                     \\pi
np.sum(x, axis=0)           (call sum x (axis = 0))
np.foo(x)                   (call foo x)
tf.reduce_sum(x)            (call sum x)
self.W @ x                  (@ W x)
F.relu(x)                   (call relu x)
x.sum()                     (call sum x)
F.sum()                     (call sum F)
(A @ x).sum()               (call sum (@ A x))
x.T.dot(y)                  (call dot (^ x \\top) y)
x.sum(axis=0)               (call sum x (axis = 0))
A.transpose() @ x           (@ (^ A \\top) x)
np.array([1, 2]).T          (^ ([ 1 2) \\top)
np.array([1, 2], dtype=float)   ([ 1 2)
x[1:3]                      (_ x (1 : 3))
max{0, x}                   (call max 0 x)
Softmax(z)                  (call softmax z)
{'A': 0.6, "B": 0.3}        ({ (A : 3/5) (B : 3/10))
x if x > 0 else 0           (cases [x (x > 0)] [0 _])
y = x if x > 0 else 0       (y = (cases [x (x > 0)] [0 _]))
grad L                      (d:nabla L)
grad_w L                    (d:nabla L w)
d(x^2)/dx                   (d:d (( (^ x 2)) x)
partial L / partial w       (d:partial L w)
<a, b>                      (< a b)
P(A | B)                    (jux P ((| A B))
f|_{x=0}                    (at f (x = 0))
2 x 3                       (\\times 2 3)
x in R^(m x n)              (x \\in (^ R (( (\\times m n))))
A ∈ ℝ²ˣ³                    (A \\in (^ (mathbb R) (\\times 2 3)))
x^⋆                         (^ x \\star)
x' y'                       (jux (' x) (' y))
"""

UNICODE = """
α + Ω                       (+\\alpha +\\Omega)
x²                          (^ x 2)
x⁻¹                         (^ x (-1))
w₁₂                         (_ w 12)
xᵢ²                         (^ (_ x i) 2)
xₜ₋₁                        (_ x (+t -1))
h⁽¹⁾                        (^ h (( 1))
xᵀ A x                      (jux (^ x \\top) A x)
x^⊤                         (^ x \\top)
ŷ                           (hat y)
ŷ                           (hat y)
x̄₁                          (_ (bar x) 1)
σ̃                           (tilde \\sigma)
𝐱                           (mathbf x)
𝐖₁                          (_ (mathbf W) 1)
ℝ                           (mathbb R)
𝓛                           (mathbf (mathcal L))
ℒ                           (mathcal L)
𝑥                           x
𝟙[n > 0]                    (jux (mathbb 1) ([ (n > 0)))
a · b                       (\\cdot a b)
a ⋅ b                       (\\cdot a b)
m × n                       (\\times m n)
a ⊙ b                       (\\odot a b)
f ∘ g                       (\\circ f g)
A ⊗ B                       (\\otimes A B)
a ∗ b                       (* a b)
a − b                       (+a -b)
x ∈ ℝⁿ                      (x \\in (^ (mathbb R) n))
a ≤ b ≥ c ≠ d ≈ e           (a \\le b \\ge c \\ne d \\approx e)
∂r/∂x                       (d:partial r x)
∂²f/∂x∂y                    (d:partial f x y)
∂²f/∂x²                     (d:partial f x x)
∇_W L                       (d:nabla L W)
∑_i xᵢ                      (sum i _ (_ x i))
∏_{k=1}^n pₖ                (prod (k = 1) n (_ p k))
√x                          (call sqrt x)
√(x + 1)                    (call sqrt (+x +1))
‖x‖²                        (^ (|| x) 2)
KL(P ‖ Q)                   (call KL ((|| P Q))
f′(x)                       (jux (' f) (( x))
f″                          ('' f)
⟨a, b⟩                      (< a b)
A_{∗,j}                     (_ A * j)
θ ← θ − η g                 (\\theta \\leftarrow (+\\theta -(jux \\eta g)))
1 … n                       (jux 1 ... n)
"""


def rows(table: str) -> list[tuple[str, str]]:
    found = [line.split("  ", 1) for line in table.strip().splitlines()]
    return [(formula.strip(), tree.strip()) for formula, tree in found]


def check(formula: str, tree: str, reading: Reading, write: Callable[[Tree], str]) -> None:
    assert " ; ".join(map(write, reading.statements)) == tree
    assert not reading.diagnostics


@pytest.mark.parametrize(("formula", "tree"), rows(PLAIN))
def test_plain_text(formula: str, tree: str, read: Callable[[str, str], Reading], write: Callable[[Tree], str]) -> None:
    check(formula, tree, read(formula, "plain"), write)


@pytest.mark.parametrize("notation", ["plain", "latex"])
@pytest.mark.parametrize(("formula", "tree"), rows(UNICODE))
def test_unicode_means_the_same_in_both_notations(
    formula: str, tree: str, notation: str, read: Callable[[str, str], Reading], write: Callable[[Tree], str]
) -> None:
    check(formula, tree, read(formula, notation), write)
