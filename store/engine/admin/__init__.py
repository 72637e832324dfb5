"""The admin at /admin/: orders and fulfillments, stock, prices, customers, webhook deliveries, wording waivers.

Django's admin with the unfold theme. Reads any package of the engine and writes only through its operations, so that
stock movements, order events and the events that send mail are always recorded. Has no models. At the top of the
engine, beside `graphql`; the storefront's pages are in `store.storefront`, texts of mails in `guides/`.
"""
