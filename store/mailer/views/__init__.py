"""The mailer's few addresses: the signed entrance for webhooks, unsubscribing, the development mailbox."""
