"""In-memory caching that is invalidated by writes instead of by time.

`invalidation` adds a row to `Revision` in the transaction of every write to a watched table; a cached value is valid as
long as count and sum of these rows are unchanged. `dependencies` records the tables and volatile values from which a
response was computed; `database_state` tells for little whether anything was written at all. Imports nothing else of
the engine.
"""
