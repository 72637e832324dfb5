"""Random requests with a fixed seed, from guests, customers, apps and staff of each role: API and HTML forms.

    FUZZ_REQUESTS=100000 FUZZ_SEED=7 pytest tests/fuzz -s        the long run; the default takes under a minute

Every request must be answered: no status 500, no "Internal Server Error", nothing over five seconds, memory flat.
"""
