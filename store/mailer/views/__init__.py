"""The mailer's views: webhook receiver, unsubscribe page, development mailbox."""
