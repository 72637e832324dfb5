"""Plants faults in the arithmetic and guards of the engine, and counts those that a package's own tests find.

`python -m tests.mutation` (see docs/mutation.md). Not part of the gate: a run takes minutes.
"""
