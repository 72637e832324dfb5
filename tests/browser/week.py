"""What a merchant does in a week, a function for each task. Each starts on the desk's first page."""

from io import BytesIO

from PIL import Image

from tests.browser.desk import Desk

SKU, LOT, PRICE = "SIL-START-TEAL-SOFT", "L-2026-11", "28.50"
PREFIX = "TRAVEL"  # of the SKUs of the new product
PRODUCT = "Silicone Travel Set"
WORDS = {
    "en": "Four soft cups for a suitcase.",
    "de": "Vier weiche Schröpfgläser für den Koffer.",
    "es": "Cuatro ventosas suaves para la maleta.",
}
RECALL = {
    "product": "Silicone starter set, teal, soft",
    "identification": f"The lot {LOT} stands on the bottom of the box.",
    "hazard": "The rim can tear and pinch the skin.",
    "action": "Put the cups away and tell us what you choose.",
    "picture_text": "A teal silicone cup.",
}


def picture() -> dict[str, str | bytes]:
    """A small photograph, as a file to choose."""
    content = BytesIO()
    Image.new("RGB", (1200, 900), "#c9b59a").save(content, "JPEG")
    return {"name": "cup.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def receive(desk: Desk) -> None:
    with desk.task("receive a lot"):
        desk.menu("Stock")
        desk.follow("Receive a delivery")
        desk.fill(sku=SKU, quantity="49", lot=LOT, supplier="Molder", expires_on="2029-11-30")
        desk.click("Add to the shelf")
        desk.says(f"+49 {SKU}")


def import_prices(desk: Desk) -> None:
    with desk.task("import prices"):
        desk.menu("Products")
        desk.follow("Import and export")
        desk.fill(pasted=f"sku\tprice:default-channel\n{SKU}\t{PRICE}\n")
        desk.click("Check")
        desk.click("Apply")
        desk.says("1 value applied.")


def make_product(desk: Desk) -> None:
    with desk.task("make a product with a picture, in three languages"):
        desk.menu("Products")
        desk.follow("New product")
        desk.follow("Cup set")
        desk.fill(name=PRODUCT, description=WORDS["en"])
        desk.choose(
            **{
                "category": "Silicone",
                "attribute-material": "Silicone",
                "attribute-safety-insert": "Silicone cups",
            }
        )
        desk.click("Make the product")
        desk.follow("Pictures (0)")
        desk.page.locator("input[type=file]").set_input_files(picture())  # type: ignore[arg-type]
        desk.fill(alt="A teal cup.", alt_de="Ein Schröpfglas.", alt_es="Una ventosa.")
        desk.click("Add")
        desk.follow("Back")
        for language in ("DE", "ES"):
            desk.follow(language)
            desk.fill(name=PRODUCT, description=WORDS[language.lower()])
            desk.click("Save")
        desk.click("List it in United States")
        desk.follow("Add variants")
        desk.fill(**{"sku_prefix": PREFIX, "price-default-channel": "24.90"})
        desk.choose(**{"choose-colour": "Teal"})
        desk.click("Add")
        desk.click("Put on sale")
        desk.says("Take off sale")


def pick(desk: Desk) -> None:
    with desk.task("pick all that is to be picked"):
        desk.menu("Orders")
        desk.follow("Pick list of all to pick")
        desk.click("Everything is picked")


def ship(desk: Desk) -> None:
    with desk.task("ship an order"):
        desk.follow(f"#{desk.orders[0]}")
        desk.follow("Send a parcel")
        desk.fill(tracking_number="9400110200881234567890")
        desk.click("Send")
        desk.says(f"Parcel {desk.orders[0]}-1")


def ship_all(desk: Desk) -> None:
    with desk.task("ship the ten others in one go"):
        desk.menu("Orders")
        desk.follow("Send what is picked")
        desk.choose(carrier="USPS")
        numbers = desk.page.locator("input[name$='-tracking_number']")
        assert numbers.count() == len(desk.orders) - 1
        for place, number in enumerate(desk.orders[1:]):  # as a scanner types: each ends with Enter
            desk.page.keyboard.type(f"94001112062138{number:08}")
            assert numbers.nth(place).input_value()
            desk.page.keyboard.press("Enter")
        desk.click("Send these parcels")
        desk.says("10 parcels on the way")


def refund(desk: Desk) -> None:
    with desk.task("refund the delivery"):
        desk.menu("Orders")
        desk.order(desk.orders[1])
        desk.follow("Refund pieces or delivery")
        desk.tick("include_shipping")
        desk.fill(reason="It came late")
        desk.click("Send it back")
        desk.says("go back")


def take_back(desk: Desk) -> None:
    with desk.task("take a piece back and send its price back"):
        desk.menu("Orders")
        desk.order(desk.orders[0])
        desk.follow("Take back")
        desk.page.locator("input[name^='line-']").first.fill("1")
        desk.choose(restock_to="Reno, Nevada")
        desk.tick("refund")
        desk.fill(reason="Unopened")
        desk.click("It came back")
        desk.says("The return is noted.")


def count(desk: Desk) -> None:
    with desk.task("count a shelf"):
        desk.menu("Stock")
        desk.follow("Stock-take")
        desk.choose(warehouse="Reno, Nevada")
        desk.fill(lines=f"{SKU} 50\nSIL-PALM-TEAL-S 3\n")
        desk.click("Show the differences")
        desk.click("Book the stock-take")


def invite(desk: Desk) -> None:
    with desk.task("invite a warehouse hand"):
        desk.menu("Colleagues")
        desk.follow("Invite a colleague")
        desk.fill(email="hand@example.com", first_name="Hanna")
        desk.tick_label("Warehouse")
        desk.click("Invite")
        desk.says("Send this link to hand@example.com")


def recall(desk: Desk) -> None:
    with desk.task("write the recall of a lot and submit it"):
        desk.menu("Recalls")
        desk.follow("Add recall")
        desk.fill(name="Torn rims", contact_email="safety@example.com")
        for remedy in ("replacement", "refund"):
            desk.tick("remedies", remedy)
        desk.page.locator("input[type=file]").first.set_input_files(picture())  # type: ignore[arg-type]
        desk.fill(**{"items-0-sku": SKU, "items-0-lot_code": LOT})
        for number in range(3):
            desk.fill(**{f"texts-{number}-{name}": words for name, words in RECALL.items()})
        desk.click("Save and continue editing")
        desk.follow("Read, submit, approve or end", exact=False)
        desk.click("Submit", exact=False)


WEEK = (receive, import_prices, make_product, pick, ship, ship_all, refund, take_back, count, invite, recall)
