"""Benchmarks, not tests: `make bench`. They say machine, concurrency and CPU per request; compare ratios of one run only."""
