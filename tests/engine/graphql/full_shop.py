"""A shop with six rows of everything that is listed, each with rows of its own below it."""

from store.engine.accounts.models import Address, Group, User
from store.engine.catalog.models import (
    Collection,
    CollectionChannelListing,
    CollectionProduct,
    Menu,
    MenuItem,
    ProductMedia,
)
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.discounts.models import (
    GiftCard,
    GiftCardTag,
    Voucher,
    VoucherChannelListing,
    VoucherCode,
)
from store.engine.events.models import (
    App,
    AppExtension,
    Event,
    EventDelivery,
    EventDeliveryAttempt,
    Webhook,
    WebhookEvent,
)
from store.engine.graphql.ids import to_global_id
from store.engine.orders import fulfillments
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.models import OrderEvent
from store.engine.payments.models import Payment
from tests.engine.checkout_flow import ADA, Shop, create_shop, place_order
from tests.engine.merchant import Merchant

ROWS = 6


def fill() -> Merchant:
    """Fill the empty database; returns the shop's merchant."""
    shop, merchant = create_shop(), Merchant()
    for at in range(ROWS):
        fill_catalog(merchant, shop, at)
        fill_orders(shop, at)
        fill_below(merchant, shop, at)
    return merchant


def fill_catalog(merchant: Merchant, shop: Shop, at: int) -> None:
    merchant.page(f"page-{at}", f"Page {at}")
    merchant.attribute(f"attribute-{at}", values=("One", "Two"))
    merchant.product_type(f"type-{at}", attributes=(f"attribute-{at}",))
    merchant.category(f"category-{at}")
    merchant.warehouse(f"warehouse-{at}")
    merchant.create(
        f"menu-{at}", "menuCreate", "menu", "MenuCreateInput!", {"name": f"Menu {at}", "slug": f"m{at}"}
    )
    rates = [{"countryCode": "US", "rate": at}]
    given = {"name": f"Class {at}", "createCountryRates": rates}
    merchant.create(f"class-{at}", "taxClassCreate", "taxClass", "TaxClassCreateInput!", given)
    given = {"name": f"Kind {at}", "slug": f"kind-{at}"}
    merchant.create(f"kind-{at}", "pageTypeCreate", "pageType", "PageTypeCreateInput!", given)
    merchant.channel(f"channel-{at}")
    zone = {
        "name": f"Zone {at}",
        "countries": ["US"],
        "addChannels": [to_global_id("Channel", shop.channel.pk)],
    }
    merchant.create(f"zone-{at}", "shippingZoneCreate", "shippingZone", "ShippingZoneCreateInput!", zone)
    given = {"name": f"Collection {at}", "slug": f"collection-{at}"}
    merchant.create(f"collection-{at}", "collectionCreate", "collection", "CollectionCreateInput!", given)
    CollectionChannelListing.objects.create(
        collection=Collection.objects.get(slug=given["slug"]), channel=shop.channel, is_published=True
    )


def fill_orders(shop: Shop, at: int) -> None:
    """A customer with an order and a fulfillment, a staff member and group, a voucher, gift card, app and webhook."""
    shop.variant(f"CUP{at}")
    user = User.objects.create(email=f"ada{at}@example.com")
    user.addresses.add(Address.objects.create(**ADA))
    order = place_order(shop, (shop.variants[f"CUP{at}"], 1), (shop.variants["CUP0"], 1))
    order.user, order.metadata = user, {"lot": str(at)}
    order.save()
    fulfill_lines = [FulfillLine(line.pk, shop.warehouse.pk, 1) for line in order.lines.all()]
    fulfillments.fulfill(order_id=order.pk, fulfill_lines=fulfill_lines, tracking_number=f"T{at}")
    Group.objects.create(name=f"Group {at}").users.add(
        User.objects.create(email=f"staff{at}@example.com", is_staff=True)
    )
    voucher = Voucher.objects.create(name=f"Voucher {at}")
    VoucherCode.objects.create(voucher=voucher, code=f"CODE{at}")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, discount_value=5, currency="USD"
    )
    card = GiftCard(code=f"CARD{at}", currency="USD", initial_balance_amount=10, current_balance_amount=10)
    card.created_by = card.used_by = user
    card.product = shop.variants[f"CUP{at}"].product
    card.save()
    card.tags.add(GiftCardTag.objects.create(name=f"tag {at}"))
    checkout = Checkout.objects.create(channel=shop.channel, currency="USD")
    CheckoutLine.objects.create(checkout=checkout, variant_id=shop.variants[f"CUP{at}"].pk, quantity=1)
    Payment.objects.create(order_id=order.pk, gateway="manual", currency="USD")
    OrderEvent.objects.filter(order=order).update(user=user)
    app = App.objects.create(name=f"App {at}")
    AppExtension.objects.create(
        app=app,
        label="Stock",
        url="https://example.com/",
        mount="product_details_more_actions",
        target="popup",
    )
    webhook = Webhook.objects.create(app=app, name=f"Hook {at}", target_url="https://example.com/hook")
    WebhookEvent.objects.create(webhook=webhook, event_type="ORDER_CREATED")
    for _ in range(2):
        event = Event.objects.create(type="ORDER_CREATED", object_kind="Order", object_pk=str(order.pk))
        delivery = EventDelivery.objects.create(event=event, webhook=webhook)
        EventDeliveryAttempt.objects.create(delivery=delivery, status="failed")


def fill_below(merchant: Merchant, shop: Shop, at: int) -> None:
    """Rows below the rows of the lists, so that a field that reads them one by one shows it."""
    product = shop.variants[f"CUP{at}"].product
    for name in ("a", "b"):
        media = ProductMedia.objects.create(product=product, image=f"{at}{name}.jpg", alt=name)
        media.variants.add(shop.variants[f"CUP{at}"])
    collection = Collection.objects.get(slug=f"collection-{at}")
    CollectionProduct.objects.create(collection=collection, product=product)
    VoucherCode.objects.create(voucher=Voucher.objects.get(name=f"Voucher {at}"), code=f"SECOND{at}")
    group = Group.objects.get(name=f"Group {at}")
    group.restricted_access_to_channels = True
    group.save()
    group.channels.add(shop.channel)
    menu = Menu.objects.get(slug=f"m{at}")
    item = MenuItem.objects.create(menu=menu, name="Products", collection=collection)
    MenuItem.objects.create(menu=menu, name="Below", parent=item, category=product.category)
    for parent in (merchant.ids[f"category category-{at}"], to_global_id("Category", shop.category.pk)):
        merchant.execute(
            'mutation($id: ID!) { categoryCreate(parent: $id, input: {name: "Below"}) { errors { code } } }',
            id=parent,
        )


def create_draft_orders(merchant: Merchant) -> None:
    channel = merchant.execute('{channel(slug:"default-channel"){id}}')["id"]
    lines = merchant.execute('{products(first:2,channel:"default-channel"){edges{node{variants{id}}}}}')[
        "edges"
    ]
    for _ in range(ROWS):
        given = {
            "channelId": channel,
            "lines": [{"variantId": edge["node"]["variants"][0]["id"], "quantity": 1} for edge in lines],
        }
        payload = merchant.mutate("draftOrderCreate", "order { id }", input=("DraftOrderCreateInput!", given))
        assert payload["errors"] == []
