"""Shares of a whole with their exact 95 % intervals (Clopper & Pearson 1934, Biometrika 26:404-413)."""

import math


def interval(count: int, total: int) -> tuple[float, float]:
    """Exact 95 % interval of a share."""

    def tail(share: float, counts: range) -> float:
        return sum(math.comb(total, each) * share**each * (1 - share) ** (total - each) for each in counts)

    def solved(counts: range, rising: bool) -> float:
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (low, middle) if (tail(middle, counts) > 0.025) == rising else (middle, high)
        return low

    if not total:
        return 0.0, 1.0
    lower = solved(range(count, total + 1), True) if count else 0.0
    return lower, solved(range(count + 1), False) if count < total else 1.0


def share(count: int, total: int) -> str:
    if not total:
        return "-"
    low, high = interval(count, total)
    return f"{count}/{total} = {count / total:.2f} [{low:.2f}, {high:.2f}]"
