"""The functions of programs that sum and integrate, as text."""

TIMES = '''
def _times(p, x):
    """p x, and 0 where p is 0."""
    return np.where(p == 0, 0.0, p * x)
'''

DIFFERENCE = '''
def _difference(x, y):
    """exp(x) - exp(y): exact where they are close, and out of range only where it is so itself."""
    return np.where(x == y, 0.0, -np.sign(x - y) * np.exp(np.maximum(x, y)) * np.expm1(-np.abs(x - y)))
'''

WINDOW = '''
def _window(log, low, high):
    """Where a concave function is largest between low and high, with the places on both sides where it is 80 lower."""
    steps = 2.0 ** np.arange(-200.0, 64.0)
    starts = [0.0, *(end for end in (low, high) if abs(end) < 1e300)]
    places = np.concatenate([starts, *(start + sign * steps for start in starts for sign in (-1.0, 1.0))])
    places = np.unique(np.clip(places, low, high))
    for _ in range(64):
        best = int(np.nanargmax(log(places)))
        peak, before, after = places[best], places[max(best - 1, 0)], places[min(best + 1, len(places) - 1)]
        places = np.unique(np.append(np.linspace(before, after, 33), peak))
    ends = []
    for sign in (-1.0, 1.0):
        away = np.clip(peak + sign * steps, low, high)
        below = np.flatnonzero(log(away) < log(np.array([peak])) - 80.0)
        ends.append(away[below[0] if len(below) else -1])
    return ends[0], peak, ends[1]
'''

SUM = '''
def _sum(terms, windows):
    """Of the integers between the ends."""
    first, last = math.floor(min(left for left, _, _ in windows)), math.ceil(max(right for _, _, right in windows))
    return math.fsum(terms(np.arange(first, last + 1.0)))
'''

LARGEST = '''
def _largest(terms, windows):
    """Of the integers between the ends."""
    first, last = math.floor(min(left for left, _, _ in windows)), math.ceil(max(right for _, _, right in windows))
    return float(np.max(terms(np.arange(first, last + 1.0))))
'''

INTEGRAL = '''
def _integral(terms, windows):
    """By Gauss-Legendre rules: panels become smaller until two halves have what the whole has."""
    nodes, weights = np.polynomial.legendre.leggauss(16)

    def rule(left, right):
        half = 0.5 * (right - left)
        places = (0.5 * (left + right))[:, None] + half[:, None] * nodes
        return half * (terms(places.ravel()).reshape(places.shape) @ weights)

    ends = [end for left, _, right in windows for end in (left, right)]
    near = [peak + (end - peak) * 2.0 ** -np.arange(24.0) for left, peak, right in windows for end in (left, right)]
    breaks = np.unique(np.concatenate([ends, [peak for _, peak, _ in windows], *near]))
    left, right = breaks[:-1], breaks[1:]
    whole, parts = rule(left, right), []
    for _ in range(64):
        middle = 0.5 * (left + right)
        first, second = rule(left, middle), rule(middle, right)
        halves = first + second
        size = math.fsum(map(abs, parts)) + math.fsum(np.abs(halves))
        bad = (np.abs(halves - whole) > 1e-15 * size) & (left < middle) & (middle < right) & (len(left) < 2000)
        parts += halves[~bad].tolist()
        left, right = np.concatenate([left[bad], middle[bad]]), np.concatenate([middle[bad], right[bad]])
        whole = np.concatenate([first[bad], second[bad]])
        if not bad.any():
            break
    return math.fsum(parts)
'''

SPREAD = '''
def _spread(logs, windows, low, high):
    """The windows with one more that ends where the terms are negligible."""
    left, right = min(left for left, _, _ in windows), max(right for _, _, right in windows)
    width, places = max(right - left, 1.0), np.linspace(left, right, 257)
    top = np.max(logs(np.append(places, [peak for _, peak, _ in windows])))
    for k in range(60):
        sides = logs(np.array([left, right]))
        top = max(top, np.max(sides))
        left = max(left - width * 2.0**k / 64, low) if sides[0] > top - 80.0 else left
        right = min(right + width * 2.0**k / 64, high) if sides[1] > top - 80.0 else right
    places = np.linspace(left, right, 4097)
    return [*windows, (left, places[np.argmax(logs(places))], right)]


def _log_total(logs, method, windows):
    """The logarithm of what is summed or integrated, which may be out of range itself."""
    top = max(np.max(logs(np.array(window))) for window in windows)
    return top + math.log(method(lambda u: np.exp(logs(u) - top), windows))
'''

CORNERS = '''
def _corners(above, windows):
    """Windows that end where a difference changes its sign."""
    near = [peak + (end - peak) * 2.0 ** -np.arange(0.0, 24.0, 0.25) for left, peak, right in windows for end in (left, right)]
    places = np.unique(np.concatenate(near))
    first = above(places)
    changed = np.flatnonzero(first[:-1] != first[1:])
    left, right, first = places[changed], places[changed + 1], first[changed]
    for _ in range(64):
        middle = 0.5 * (left + right)
        on_left = above(middle) == first
        left, right = np.where(on_left, middle, left), np.where(on_left, right, middle)
    return [(place, place, place) for place in left.tolist()]
'''
