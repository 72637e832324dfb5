"""The wording lint: finds health claims that may not be made in rendered text, per language and market.

    wording.check("These cups relieve back pain.")          -> [Finding(id="C9-relief", …)]
    wording.assert_clean(description, waivers=[…])          -> raises WordingRefused with the sentence marked

Hedges ("may help") do not exempt a claim. A negation ("does not cure"), a neutral question, a warning that names a
condition and history quoted with its fact id are not findings.
The rules are data, one file per language, in lexicon/; guides/claims.toml gives the reason for each class of claim.
"""

from store.guidebook.wording.lint import Finding, check, check_html
from store.guidebook.wording.save_check import Waiver, WordingRefused, assert_clean

__all__ = ["Finding", "Waiver", "WordingRefused", "assert_clean", "check", "check_html"]
