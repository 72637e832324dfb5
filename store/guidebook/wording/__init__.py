"""The wording lint: claims that may not be made, found in rendered text, in every language and market.

    wording.check("These cups relieve back pain.")          -> [Finding(id="C9-relief", …)]
    wording.assert_clean(description, waivers=[…])          -> raises WordingRefused with the sentence marked

"May help" is no safe harbour: a hedge changes nothing here. A negation ("does not cure"), a neutral question,
a warning that names a condition and history quoted by its fact id are let through.
Rules are data, one file a language, in lexicon/. `claims.toml` in guides/ says why each class is closed.
"""

from store.guidebook.wording.lint import Finding, check, check_html
from store.guidebook.wording.save_check import Waiver, WordingRefused, assert_clean

__all__ = ["Finding", "Waiver", "WordingRefused", "assert_clean", "check", "check_html"]
