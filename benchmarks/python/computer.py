"""What is known of the machine, as far as its system tells: Linux does, on others most of this is unknown."""

import os
import platform

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def processors():
    """Those that this process may use, in order; none where the system does not tell."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


_ALL = processors()


def processor_count():
    return len(_ALL or []) or os.cpu_count() or 1


def keep_to(count):
    """Binds this process, and all that it will start, to so many processors."""
    if _ALL:
        os.sched_setaffinity(0, _ALL[:count])


def processor_name():
    try:
        with open("/proc/cpuinfo") as info:
            lines = dict(line.split(":", 1) for line in info.read().split("\n\n")[0].splitlines() if ":" in line)
    except OSError:
        return platform.processor() or platform.machine()
    facts = {key.strip(): value.strip() for key, value in lines.items()}
    flags = facts.get("flags", facts.get("Features", "")).split()
    vectors = next((name for name in ("avx512f", "avx2", "avx", "sve", "asimd") if name in flags), "no vectors known")
    family = f"family {facts['cpu family']}, model {facts.get('model')}, " if "cpu family" in facts else ""
    return f"{facts.get('model name', platform.machine())} ({family}{vectors}), {os.cpu_count()} processors"


def vectors():
    """The widest vectors of an x86 processor that Deeplearning4j has natives for."""
    try:
        with open("/proc/cpuinfo") as info:
            return "avx512" if " avx512f" in info.read() else "avx2"
    except OSError:
        return "avx2"


def load():
    return os.getloadavg()[1] if hasattr(os, "getloadavg") else None


def cpu_times():
    """What all processors did so far, in ticks: user, nice, system, idle, wait, two kinds of interrupts, stolen."""
    try:
        with open("/proc/stat") as stat:
            return [int(word) for word in stat.readline().split()[1:9]]
    except OSError:
        return None


def stolen(before, after):
    """The share of the processors' time that the host of a virtual machine kept for itself."""
    if not before or not after:
        return None
    spent = [b - a for a, b in zip(before, after)]
    return spent[7] / max(1, sum(spent))


class Watch:
    """How much of all processors others use while a process does something.

    own: gives the ticks that the process has used so far, or none
    """

    def __init__(self, own):
        self._ticks = own
        self._all, self._own = cpu_times(), own()

    def others(self):
        after, own = cpu_times(), self._ticks()
        if not after or own is None or self._own is None:
            return 0.0
        spent = [b - a for a, b in zip(self._all, after)]
        idle = spent[3] + spent[4]
        return max(0.0, (sum(spent) - idle - (own - self._own)) / max(1, sum(spent)))
