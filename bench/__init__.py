"""Benchmarks, run by `make bench`: throughput, latency, CPU and memory. Compare only figures of the same run."""
