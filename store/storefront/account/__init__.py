"""A shopper's account: register, log in, addresses, orders, data export, deletion. All of it through Saleor's API."""
