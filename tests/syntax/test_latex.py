r"""LaTeX -> trees, a row a formula. The right column is written from what the formula means, in the notation of conftest.py:
`(_ x i)` and `(^ x 2)` are scripts, `(( a b)` and `([ a b)` brackets, `(jux a b)` side by side, `(+a -b)` a sum.
"""

from collections.abc import Callable

import pytest

from chainrule.syntax.parser import Reading
from chainrule.syntax.tree import Tree

from .derivatives_and_matrices import DERIVATIVES, MATRICES

NAMES = r"""
x                                   x
\alpha                              \alpha
\varepsilon                         \varepsilon
xq                                  (jux x q)
x_i                                 (_ x i)
x_{i,j}                             (_ x i j)
W_{hh}                              (_ W (jux h h))
W^{(1)}                             (^ W (( 1))
W^{[1]}                             (^ W ([ 1))
W^{(1)}_{ij}                        (^ (_ W (jux i j)) (( 1))
W_{ij}^{(1)}                        (^ (_ W (jux i j)) (( 1))
\hat{y}                             (hat y)
\hat y_i                            (_ (hat y) i)
\widehat{y}                         (hat y)
\bar x \tilde{x}                    (jux (bar x) (tilde x))
\mathbf{x}                          (mathbf x)
\bm{x}_1                            (_ (mathbf x) 1)
\mathcal L                          (mathcal L)
\mathscr{L}                         (mathcal L)
{\bf W}                             (mathbf W)
y_\text{true}                       (_ y true)
y_{\text{pred}, i}                  (_ y pred i)
h_{\text{hidden layer}}             (_ h 'hidden layer')
\mathrm{loss}                       loss
\operatorname{foo}                  foo
\ell                                \ell
x_{\max}                            (_ x max)
f'                                  (' f)
f''_i                               ('' (_ f i))
f^\prime                            (' f)
f^{\prime\prime}                    ('' f)
x'^2                                (^ (' x) 2)
y^*                                 (^ y *)
A^+                                 (^ A +)
A_{*,j}                             (_ A * j)
A_{:,j}                             (_ A : j)
A_{\ast j}                          (_ A (jux * j))
A_{i\cdot}                          (_ A (jux i *))
{W^{(2)}}^\top                      (^ (^ W (( 2)) \top)
W^{(2)T}                            (^ W (jux (( 2) T))
Q'                                  (' Q)
x_{t-1}                             (_ x (+t -1))
\underbrace{W x}_{z}                (jux W x)
\overbrace{a + b}^{n}               (+a +b)
w_{o1}                              (_ w (jux o 1))
a_{m1}                              (_ a (jux m 1))
net_{h_1}                           (jux n e (_ t (_ h 1)))
A_{j \bullet}                       (_ A (jux j *))
A_{:j}                              (_ A (jux : j))
A[:, j]                             (_ A : j)
A[i, :]                             (_ A i :)
x[1:3]                              (_ x (1 : 3))
x[i]                                (jux x ([ i))
x_{1:T}                             (_ x (1 : T))
a^{\langle t \rangle}               (^ a (< t))
a^{<t>}                             (^ a (< t))
W^{(2)}{}^\top                      (^ (^ W (( 2)) \top)
W^{(2)^\top}                        (^ W (jux (( 2) \top))
A^{-\top}                           (^ A (-\top))
A^\dagger                           (^ A \dagger)
x^\star                             (^ x \star)
x^{\mathsf T}                       (^ x (mathsf T))
\hat{y_i}                           (_ (hat y) i)
\bar{x^2}                           (bar (^ x 2))
\bar{x^{(1)}}                       (^ (bar x) (( 1))
\mathbf{x_i}                        (_ (mathbf x) i)
\mathbf{\hat{y}}                    (hat (mathbf y))
\mathbf{W^\top}                     (^ (mathbf W) \top)
\mathtt{x}                          x
\textbf{Loss}                       Loss
\textbf{x}                          (mathbf x)
\textcolor{red}{x}                  x
{\color{blue} x}                    x
\overrightarrow{x}                  (vec x)
\varkappa                           \varkappa
\theta_{\rm old}                    (_ \theta old)
\mathop{\rm loss}                   loss
"""

ARITHMETIC = r"""
a + b - c                           (+a +b -c)
-a + b                              (-a +b)
-x^2                                (-(^ x 2))
a - -b                              (+a -(-b))
a \cdot b \cdot c                   (\cdot a b c)
a * b                               (* a b)
a \times b                          (\times a b)
a \odot W x                         (\odot a (jux W x))
A \otimes B                         (\otimes A B)
f \circ g                           (\circ f g)
a \cdot b + c d                     (+(\cdot a b) +(jux c d))
a \cdot -b                          (\cdot a (-b))
2x                                  (jux 2 x)
2 \cdot 3                           (\cdot 2 3)
\frac{a}{b}                         (frac a b)
\dfrac12 x                          (jux (frac 1 2) x)
\frac{a + b}{c}                     (frac (+a +b) c)
a / b                               (/ a b)
a / b / c                           (/ (/ a b) c)
a / b \cdot c                       (\cdot (/ a b) c)
1/2 (a + b)                         (jux (/ 1 2) (( (+a +b)))
x^2                                 (^ x 2)
x^{n + 1}                           (^ x (+n +1))
e^{-x}                              (^ e (-x))
x^2y                                (jux (^ x 2) y)
x^{y^z}                             (^ x (^ y z))
x^{\odot 2}                         (.^ x 2)
x^{\circ 2}                         (.^ x 2)
\sqrt{x}                            (call sqrt x)
\sqrt 2                             (call sqrt 2)
\sqrt[3]{x}                         (^ x (frac 1 3))
\binom{n}{k}                        (call binom n k)
n!                                  (call factorial n)
n! / k!                             (/ (call factorial n) (call factorial k))
0.50                                1/2
1{,}000                             1000
1\,000                              1000
50\%                                1/2
x^\top A x                          (jux (^ x \top) A x)
{a + b} c                           (jux (+a +b) c)
a \oslash b                         (./ a b)
a .* b ./ c                         (./ (.* a b) c)
{a + b \over c}                     (frac (+a +b) c)
{{a \over b} \over c}               (frac (frac a b) c)
{n \choose k}                       (call binom n k)
a_{\frac12}                         (_ a (frac 1 2))
½ x                                 (jux (frac 1 2) x)
⅒                                   (frac 1 10)
1,000                               1000
1,000,000.5                         2000001/2
12{,}345                            12345
1{,}5                               3/2
0{,}125                             1/8
50\,\%                              1/2
5. + x                              (+5 +x)
x = 5.                              (x = 5)
1.5\times 10^{-3}                   (\times 3/2 (^ 10 (-3)))
a \; b                              (jux a b)
a \hspace{2pt} b                    (jux a b)
\left. \frac12 \right.              (frac 1 2)
x^2 \big/ y                         (/ (^ x 2) y)
"""

BRACKETS = r"""
(a)                                 (( a)
(a, b)                              (( a b)
[0.5, -1]                           ([ 1/2 (-1))
[h; x]                              ([; h x)
[1, 2; 3, 4]                        (bmatrix [1 2] [3 4])
\{a, b\}                            ({ a b)
\{A: 0.6, B: 0.3\}                  ({ (A : 3/5) (B : 3/10))
\{x \mid x > 0\}                    ({| x (x > 0))
|x|                                 (| x)
2|x|                                (jux 2 (| x))
|a||b|                              (jux (| a) (| b))
|a| b |c|                           (jux (| a) b (| c))
\|x\|                               (|| x)
\lVert x \rVert^2                   (^ (|| x) 2)
\|x\|_2^2                           (^ (_ (|| x) 2) 2)
\lambda \|w\|^2                     (jux \lambda (^ (|| w) 2))
||x||                               (|| x)
\left| x \right|                    (| x)
\bigl| x \bigr|                     (| x)
\langle a, b \rangle                (< a b)
\left( \frac{a}{b} \right)          (( (frac a b))
\left[ a \right] \big( b \big)      (jux ([ a) (( b))
p(y | x)                            (jux p ((| y x))
D(P \| Q)                           (jux D ((|| P Q))
D_{KL}(P \parallel Q)               (jux (_ D (jux K L)) ((|| P Q))
\sigma(p)                           (jux \sigma (( p))
q(x + 1)                            (jux q (( (+x +1)))
\mathbb{1}[n > 0]                   (jux (mathbb 1) ([ (n > 0)))
\mathbf{1}\{n>0\}                   (jux (mathbf 1) ({ (n > 0)))
x_1, \dots, x_n                     (_ x 1) ; ... ; (_ x n)
(x_1, \dots, x_n)                   (( (_ x 1) ... (_ x n))
(a + b \\ + c)                      (( (+a +b +c))
P(O = o \mid C = c)                 (jux P ((| (O = o) (C = c)))
P(A, B | C, D)                      (jux P ((,|, A B C D))
f(x; w)                             (jux f ((; x w))
p(y \,|\, x; \theta)                (jux p ((|; y x \theta))
D_{KL}\left(P \middle\| Q\right)    (jux (_ D (jux K L)) ((|| P Q))
P \parallel Q                       (P \parallel Q)
\parallel x \parallel               (|| x)
[A | b]                             ([| A b)
\mu_{x|y}                           (_ \mu (x \mid y))
|x + |y||                           (| (+x +(| y)))
||a| - |b||                         (| (+(| a) -(| b)))
\left|\left| x \right|\right|_2     (_ (|| x) 2)
x \in [0, 1)                        (x \in ([) 0 1))
x \in (0, 1]                        (x \in ((] 0 1))
<a, b> + c                          (+(< a b) +c)
a < b, c > d                        (a < b) ; (c > d)
[z]_+                               (_ ([ z) +)
(1 - z)_{+}                         (_ (( (+1 -z)) +)
\{x_i\}_{i=1}^n                     (^ (_ ({ (_ x i)) (i = 1)) n)
1\{n > 0\}                          (jux 1 ({ (n > 0)))
\mathbb{1}_{n > 0}                  (_ (mathbb 1) (n > 0))
[y = k]                             ([ (y = k))
"""

CALLS = r"""
\exp(x)                             (call exp x)
\exp x                              (call exp x)
\exp{x}                             (call exp x)
\exp\{-x\}                          (call exp (-x))
\exp\left(-x\right)                 (call exp (-x))
\max(0, n)                          (call max 0 n)
\log x y                            (call log (jux x y))
\log x + y                          (+(call log x) +y)
\log \frac{a}{b}                    (call log (frac a b))
\log p(x)                           (call log (jux p (( x)))
\sin x \cos y                       (jux (call sin x) (call cos y))
\log \det X                         (call log (call det X))
\log |x|                            (call log (| x))
\log_2 x                            (call (_ log 2) x)
\log_{10}(x)                        (call (_ log 10) x)
\tanh^2(x)                          (call (^ tanh 2) x)
\tanh'(x)                           (call (' tanh) x)
\tanh^{-1} x                        (call (^ tanh (-1)) x)
\exp(x) y                           (jux (call exp x) y)
ReLU(x)                             (call relu x)
\operatorname{ReLU}(x)              (call relu x)
\mathrm{softmax}(z)_i               (_ (call softmax z) i)
\ReLU(x)                            (call relu x)
softmax(z)                          (call softmax z)
tr(A)                               (call tr A)
\text{Softmax}(z)                   (call softmax z)
KL(p \| q)                          (call KL ((|| p q))
\sigma = \tanh                      (\sigma = tanh)
\sigma'(z) x^\top                   (jux (' \sigma) (( z) (^ x \top))
\max\{0, z\}                        (call max 0 z)
\max{0, z}                          (call max 0 z)
\exp -z                             (call exp (-z))
\exp -x y + 1                       (+(call exp (-(jux x y))) +1)
\log_2^2 x                          (call (^ (_ log 2) 2) x)
\arctan x                           (call arctan x)
\Tr(A)                              (call tr A)
\operatorname{Sigmoid}(x)           (call sigmoid x)
\mathsf{softmax}(z)                 (call softmax z)
\texttt{softmax}(z)                 (call softmax z)
\Pr(X = x)                          (jux Pr (( (X = x)))
"""

RELATIONS = r"""
a = b = c                           (a = b = c)
y := x                              (y = x)
y \coloneqq x                       (y = x)
y \stackrel{\text{def}}{=} x        (y = x)
x \leq 3                            (x \le 3)
x \neq 3                            (x \ne 3)
0 < x < 1                           (0 < x < 1)
x \in \mathbb{R}^{m \times n}       (x \in (^ (mathbb R) (\times m n)))
f: \mathbb{R}^n \to \mathbb{R}      (f : (^ (mathbb R) n) \to (mathbb R))
x \sim p                            (x \sim p)
\forall x \in \{0, 1\}              (x \in ({ 0 1))
w \leftarrow w - \eta g             (w \leftarrow (+w -(jux \eta g)))
(x_1, x_2) = [0.5, -1.0]            ((( (_ x 1) (_ x 2)) = ([ 1/2 (-1)))
\text{Total loss} = L_1 + L_2       ('Total loss' = (+(_ L 1) +(_ L 2)))
a \equiv b                          (a = b)
a \triangleq b                      (a = b)
a \doteq b                          (a = b)
a \mathrel{:=} b                    (a = b)
a \mathrel{\mathop:}= b             (a = b)
a \overset{\mathrm{def}}{=} b       (a = b)
a \underset{(1)}{=} b               (a = b)
x_i \stackrel{iid}{\sim} p          ((_ x i) \sim p)
w \gets w - g                       (w \leftarrow (+w -g))
w <- w - g                          (w \leftarrow (+w -g))
x \not= y                           (x \ne y)
x \not\in S                         (x \notin S)
x \in \mathbb{R}^{m x n}             (x \in (^ (mathbb R) (\times m n)))
x \in R^{2 x 3}                      (x \in (^ R (\times 2 3)))
R^{a x b}                           (^ R (jux a x b))
x \mapsto x^2                       (x \mapsto (^ x 2))
a \propto b                         (a \propto b)
"""

BIG_OPERATORS = r"""
\sum_{i=1}^{n} x_i                  (sum (i = 1) n (_ x i))
\sum\limits_i x_i y_i + b           (+(sum i _ (jux (_ x i) (_ y i))) +b)
\sum_i a_i \cdot b_i                (sum i _ (\cdot (_ a i) (_ b i)))
\sum_i -p_i \log q_i                (sum i _ (-(jux (_ p i) (call log (_ q i)))))
\frac{1}{n} \sum_i x_i              (jux (frac 1 n) (sum i _ (_ x i)))
\sum_i \sum_j a_{ij}                (sum i _ (sum j _ (_ a (jux i j))))
\sum_{i,j} a_{ij}                   (sum i _ (sum j _ (_ a (jux i j))))
\sum_{i,j=1}^{n} a_{ij}             (sum (i = 1) n (sum (j = 1) n (_ a (jux i j))))
\sum_{i \in I, j \in J} a_{ij}      (sum (i \in I) _ (sum (j \in J) _ (_ a (jux i j))))
\prod_{k=1}^K p_k                   (prod (k = 1) K (_ p k))
\sum_{x \in \mathcal{X}} P(x)       (sum (x \in (mathcal X)) _ (jux P (( x)))
\max_{k} z_k - 1                    (+(max k _ (_ z k)) -1)
\arg\max_x f(x)                     (argmax x _ (jux f (( x)))
\operatorname*{argmin}_w L(w)       (argmin w _ (jux L (( w)))
\mathbb{E}_{x \sim p}[f(x)] + 1     (+(E (x \sim p) _ ([ (jux f (( x)))) +1)
\mathbb{E}[X]                       (E _ _ ([ X))
L = \sum_i l_i                      (L = (sum i _ (_ l i)))
\sum_{j \ne i} x_j                  (sum (j \ne i) _ (_ x j))
\sum_{\substack{i=1 \\ j=1}}^n a     (sum (i = 1) n (sum (j = 1) n a))
\underset{w}{\operatorname{argmin}} L   (argmin w _ L)
\overset{n}{\underset{i=1}{\sum}} x_i   (sum (i = 1) n (_ x i))
\underset{x \sim p}{\mathbb{E}} [x]     (E (x \sim p) _ ([ x))
E_{x \sim p}[x] + 1                 (+(E (x \sim p) _ ([ x)) +1)
E_i [x]                             (jux (_ E i) ([ x))
"""


def rows(table: str) -> list[tuple[str, str]]:
    """The lines of a table as (formula, tree), which two or more spaces part."""
    found = [line.split("  ", 1) for line in table.strip().splitlines()]
    return [(formula.strip(), tree.strip()) for formula, tree in found]


TABLES = [NAMES, ARITHMETIC, BRACKETS, CALLS, RELATIONS, BIG_OPERATORS, DERIVATIVES, MATRICES]


@pytest.mark.parametrize(("formula", "tree"), [row for table in TABLES for row in rows(table)])
def test_a_formula_is_read_as_it_is_meant(
    formula: str, tree: str, read: Callable[[str, str], Reading], write: Callable[[Tree], str]
) -> None:
    reading = read(formula, "latex")
    assert " ; ".join(map(write, reading.statements)) == tree
    assert not reading.diagnostics


def test_spans_are_exact(read: Callable[[str, str], Reading]) -> None:
    text = r"a = x^2 + \frac{b}{c} (d, e)"
    (statement,) = read(text, "latex").statements
    assert statement.span is not None
    assert statement.span.text == text
    sum_ = statement.sides[1]  # type: ignore[attr-defined]
    assert [term.span.text for term in sum_.terms] == ["x^2", r"\frac{b}{c} (d, e)"]
    assert [item.span.text for item in sum_.terms[1].items] == [r"\frac{b}{c}", "(d, e)"]
    assert sum_.terms[1].items[0].denominator.span.text == "c"


def test_juxtaposition_keeps_its_spacing_visible(read: Callable[[str, str], Reading]) -> None:
    (close,) = read("f(x)", "latex").statements
    (apart,) = read("f (x)", "latex").statements
    assert close == apart
    ends = [[(item.span.start, item.span.end) for item in tree.items] for tree in (close, apart)]  # type: ignore[attr-defined]
    assert ends == [[(0, 1), (1, 4)], [(0, 1), (2, 5)]]


def test_numbers_keep_their_spelling(read: Callable[[str, str], Reading]) -> None:
    (statement,) = read(r"[0.50, 1{,}000, 50\%]", "latex").statements
    assert [item.text for item in statement.items] == ["0.50", "1{,}000", r"50\%"]  # type: ignore[attr-defined]
