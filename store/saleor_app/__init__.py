"""The store as an App of a real Saleor: what it may do there, which events it is sent, and what is left to set up.

    app_permissions  the least permissions that the store needs
    webhooks         the webhook with our subscription, and the names of its events
    registration     makes or updates app, webhook and token: by staff login, or with an app token
    inspection       what a person still has to do: version, clock, mail, delivery, payment, channels
    manifest         the App manifest, to install from Saleor's Dashboard
    views            GET /api/manifest and POST /api/register

May import store.mailer (its subscription), store.saleor and store.saleor_connection.
"""
