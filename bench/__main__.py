"""`make bench`: the benchmarks of single parts, one after another, each with what it takes; `make runs` has whole runs."""

import os
import resource
import time

from bench import clean_linear, readers, stages_linear, throughput

for benchmark in (throughput, clean_linear, stages_linear, readers):
    print(f"\n== {benchmark.__name__}\n{benchmark.__doc__}\n", flush=True)
    begun, before = time.perf_counter(), sum(os.times()[:4])
    benchmark.main()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    clock, cpu = time.perf_counter() - begun, sum(os.times()[:4]) - before
    print(f"-- took {clock:.0f} s, {cpu:.0f} s of the CPU, up to here at most {peak:.0f} MB in one process", flush=True)
