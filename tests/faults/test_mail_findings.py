"""docs/mailer.md says of each finding which test fails if it comes back; `tests.faults.mail_findings` runs them."""

import pytest

from tests.faults.mail_findings import Finding, findings


@pytest.mark.parametrize("finding", findings(), ids=lambda one: one.title[:60])
def test_each_finding_names_tests_that_exist(finding: Finding) -> None:
    assert finding.tests(), f"no test is named for: {finding.title}"


@pytest.mark.parametrize("name", ["test_health::…no_such_thing…", "test_that_was_deleted"])
def test_a_test_that_is_gone_is_noticed(name: str) -> None:
    with pytest.raises(LookupError):
        Finding("A row", (name,)).tests()
