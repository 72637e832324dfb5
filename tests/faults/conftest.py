from tests.mailer.conftest import nudged, post, saleor  # noqa: F401  the same shop and mailbox
