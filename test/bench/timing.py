"""What the peers in this folder share: a piece of work is run once to warm up and then several times, and one JSON line tells its times."""
import json
import time


def time_runs(runs, work):
    """Milliseconds of each run after the first."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return times[1:]


def print_times(peer, threads, times, **facts):
    times = sorted(times)
    middle = times[len(times) // 2]
    print(json.dumps({"peer": peer, "threads": threads, "min_ms": times[0], "median_ms": middle, "max_ms": times[-1], **facts}))
