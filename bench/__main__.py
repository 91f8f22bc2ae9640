"""`make bench`: every benchmark of this folder, one after another."""

from bench import clean_linear, readers, stages_linear, throughput

for benchmark in (throughput, clean_linear, stages_linear, readers):
    print(f"\n== {benchmark.__name__}\n{benchmark.__doc__}\n", flush=True)
    benchmark.main()
