"""The wording lint: finds health claims and dangerous instructions ("leave the cups on overnight").

    wording.check("These cups relieve back pain.")          -> [Finding(id="C9-relief", …)]

Hedges ("may help") do not exempt a claim. A negation ("does not cure"), a neutral question, a warning that names a
condition and history quoted with its fact id are not findings.
The rules are data: phrases of claims in lexicon/<language>.toml, and in frames/ what makes a claim or a hazard by being
named together. guides/claims.toml gives the reason for each class and what to write instead.
"""

from store.guidebook.wording.lint import Finding, check, check_html

__all__ = ["Finding", "check", "check_html"]
