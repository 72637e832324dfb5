"""In-memory caching that is invalidated by writes instead of by time.

`invalidation` adds a row to `Revision` in the transaction of every write to a watched table; a cached value is valid as
long as the sum of these rows is unchanged. `dependencies` records which tables and which volatile questions an answer
was computed from. Imports nothing else of the engine.
"""
