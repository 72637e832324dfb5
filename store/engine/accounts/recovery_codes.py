"""Recovery codes as they are stored: hashed, so that a copy of the database logs nobody in.

A code has 40 random bits, which scrypt makes slow to guess: about 1,700 years of one core for one account. No key takes
part, since recovery codes must work when SECRET_KEY is lost.
"""

import base64
import hashlib

STORED_LENGTH = 16  # characters, as many as django-otp's column holds


def stored(code: str, *, user_id: int) -> str:
    """STORED_LENGTH characters; takes about 50 ms and 16 MB."""
    salt = f"store.engine.accounts.recovery-code:{user_id}".encode()
    digest = hashlib.scrypt(code.encode(), salt=salt, n=2**14, r=8, p=1, dklen=12)
    return base64.urlsafe_b64encode(digest).decode()
