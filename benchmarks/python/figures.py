"""What is computed of times: nothing but arithmetic, so that it can be tested without a framework."""

import statistics

#: of two numbers that frameworks have to agree on
TOLERANCE = 1e-4
CHECKED_STEPS = (1, 10, 20)

#: windows of a warm-up that are looked at, and how far apart they may be
WINDOWS = 4
SPREAD = 0.05
#: seconds of a window that a just-in-time compiler may work: where it has something to compile, steps only seem to be as fast as they get
COMPILING = 0.01


def is_steady(times, compiling):
    """Whether steps have stopped to become faster: the latest windows are near each other, and no faster than those before, and
    nothing was compiled in them.

    times: the median of each window so far
    compiling: seconds that were compiled in each of them
    """
    if len(times) < 2 * WINDOWS or max(compiling[-WINDOWS:]) > COMPILING:
        return False
    last, before = times[-WINDOWS:], times[-2 * WINDOWS : -WINDOWS]
    near = statistics.median(last) <= (1 + SPREAD) * min(last)
    return near and statistics.median(last) >= (1 - SPREAD) * statistics.median(before)


def when_ready(trace, final):
    """Seconds from the start of the process until steps take at most a quarter more than in the end, and stay so; none if never.

    trace: pairs of when some steps had ended, and their duration
    final: the median in the end
    """
    for i, (when, duration) in enumerate(trace):
        if duration <= 1.25 * final and statistics.median(d for _, d in trace[i : i + 5]) <= 1.25 * final:
            return when
    return None


def summary(rounds):
    """Of the quantiles of each round; each round counts the same, whatever the number of its steps."""
    pooled = sorted(quantile for quantiles in rounds for quantile in quantiles)
    return {
        "median": statistics.median(pooled),
        "p10": pooled[len(pooled) // 10],
        "p90": pooled[len(pooled) * 9 // 10],
        "rounds": [quantiles[50] for quantiles in rounds],
    }


def ratios(peer, own):
    """Times over Cajal's, round by round: what disturbed a round disturbed both."""
    return [other / mine for other, mine in zip(peer, own, strict=True)]


def disagreements(own, checks):
    """The steps whose numbers are not the same: (step, own, other). A number that is missing or NaN is not the same as any."""
    found = []
    for i, step in enumerate(CHECKED_STEPS):
        mine, other = (values[i] if i < len(values) else float("nan") for values in (own, checks))
        if not abs(mine - other) <= TOLERANCE * abs(other):
            found.append((step, mine, other))
    return found


def line(points):
    """The line nearest to some points by least squares: (value at 0, slope, largest distance as a share of the largest value)."""
    n = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    start = mean_y - slope * mean_x
    return start, slope, max(abs(y - start - slope * x) for x, y in points) / max(y for _, y in points)
