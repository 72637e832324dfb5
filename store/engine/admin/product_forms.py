"""Forms of products: new ones, their description and attributes, pictures, variants, translations."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product as combinations
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from store.engine.admin.amount_field import AmountField
from store.engine.admin.attribute_fields import AttributeField, attribute_fields, value_inputs
from store.engine.admin.rich_text_field import RichTextField
from store.engine.admin.stock_forms import text
from store.engine.catalog.attribute_assignment import AttributeValueInput
from store.engine.catalog.channel_listings import PriceInput
from store.engine.catalog.models import Attribute, AttributeValue, Category, Product, ProductType
from store.engine.channels.models import Channel
from store.engine.stock.variant_creation import VariantInput
from store.seen_fields import SeenFields

MAX_VARIANTS = 200  # in one go


class WithAttributes(forms.Form):
    """A form with a field for each attribute."""

    attributes: Sequence[AttributeField] = ()

    def add_attributes(self, attributes: Sequence[Attribute], values: Sequence[AttributeValue] = ()) -> None:
        self.attributes = attribute_fields(attributes, values)
        for one in self.attributes:
            self.fields[one.name] = one.field
            self.initial.setdefault(one.name, one.initial)

    def attribute_values(self) -> list[AttributeValueInput]:
        return value_inputs(self.attributes, self.cleaned_data)


class DescribeForm(WithAttributes):
    """Name, category, description and attributes; of a new product (`product` None) or of one that is there."""

    name = text("Name", required=True, max_length=250)
    category = forms.ModelChoiceField(Category.objects.order_by("name"), widget=UnfoldAdminSelectWidget)
    description = RichTextField(label="Description")
    seo_title = text("Title for search engines", max_length=70)
    seo_description = forms.CharField(
        label="Description for search engines",
        max_length=300,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        product_type: ProductType,
        values: Sequence[AttributeValue] = (),
        initial: dict[str, Any] | None = None,
        description_is_editable: bool = True,
    ) -> None:
        super().__init__(data, initial=initial or {})
        if not description_is_editable:
            del self.fields["description"]
        rows = product_type.product_assignments.select_related("attribute").order_by("sort_order", "pk")
        self.add_attributes([row.attribute for row in rows], values)

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        given = {
            "name": data["name"],
            "category": data["category"].pk,
            "seo": {"title": data["seo_title"], "description": data["seo_description"]},
        }
        return given | ({"description": data["description"]} if "description" in self.fields else {})


def other_languages() -> list[tuple[str, str]]:
    """(code, name) of the languages that the shop's pages have beside its own."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class ParagraphField(forms.CharField):
    """Up to 250 characters that may be seen on several lines and are kept on one."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 2})
        super().__init__(label=label, max_length=250, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class AltForm(forms.Form):
    """What a picture shows, in each language of the shop: who hears the page needs it as much as the other texts."""

    alt = ParagraphField(
        "What it shows",
        help_text="For those who can't see it.",
        error_messages={"required": "Say what the picture shows."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in other_languages():
            self.fields[f"alt_{code}"] = ParagraphField(
                f"What it shows, {name}",
                error_messages={"required": f"Say it in this language, too: {name}."},
            )

    def translated(self) -> dict[str, str]:
        """The words by language code."""
        return {code: str(self.cleaned_data[f"alt_{code}"]) for code, _ in other_languages()}


class WordsForm(SeenFields, AltForm):
    """The words of a picture that is there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""


class PictureForm(AltForm):
    picture = forms.FileField(
        label="Picture",
        help_text="To 12 MB. It is turned upright, and place and camera are taken out of it.",
        error_messages={"required": "Choose a picture."},
    )
    field_order = ("picture", "alt")


class VariantsForm(WithAttributes):
    """Variants for each combination of the chosen values, all with these prices and the other attributes."""

    sku_prefix = text(
        "SKU", required=True, max_length=100, help_text="Followed by the values: CUP becomes CUP-AMBER-40-MM."
    )

    def __init__(self, data: Any = None, *, product: Product) -> None:
        super().__init__(data)
        self.product = product
        rows = product.product_type.variant_assignments.select_related("attribute").order_by(
            "sort_order", "pk"
        )
        selecting = [row.attribute for row in rows if row.variant_selection and row.attribute.with_choices]
        self.selecting = selecting
        for attribute in selecting:
            self.fields[f"choose-{attribute.slug}"] = forms.ModelMultipleChoiceField(
                attribute.values.select_related("attribute"),
                label=attribute.name,
                widget=UnfoldAdminCheckboxSelectMultipleWidget,
                required=attribute.value_required,
            )
        self.add_attributes([row.attribute for row in rows if row.attribute not in selecting])
        self.channels = list(Channel.objects.filter(product_listings__product=product).order_by("name"))
        for channel in self.channels:
            self.fields[f"price-{channel.slug}"] = AmountField(
                currency=channel.currency_code,
                minimum=0,
                maximum=10**12 - 1,
                required=False,
                label=f"Price in {channel.name}",
                help_text=f"In {channel.currency_code}. Without a price it is not for sale there.",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        count = 1
        for attribute in self.selecting:
            count *= max(len(data.get(f"choose-{attribute.slug}") or ()), 1)
        if count > MAX_VARIANTS:
            raise forms.ValidationError(f"That makes {count} variants; at most {MAX_VARIANTS} in one go.")
        return data

    def variants(self) -> list[VariantInput]:
        """One for each combination; an attribute of which nothing is chosen takes no part."""
        chosen = [list(self.cleaned_data[f"choose-{attribute.slug}"]) for attribute in self.selecting]
        return [self._variant(values) for values in combinations(*filter(None, chosen))]

    def _variant(self, values: Sequence[AttributeValue]) -> VariantInput:
        parts = [self.cleaned_data["sku_prefix"].strip(), *(slugify(value.name).upper() for value in values)]
        own = [AttributeValueInput(value.attribute, {"values": [value.name]}) for value in values]
        return VariantInput(
            given={"sku": "-".join(part for part in parts if part)},
            attribute_values=[*own, *self.attribute_values()],
            prices=self._prices(),
        )

    def _prices(self) -> list[PriceInput]:
        prices: list[tuple[Channel, Decimal | None]] = [
            (channel, self.cleaned_data.get(f"price-{channel.slug}")) for channel in self.channels
        ]
        return [PriceInput(channel, {"price": price}) for channel, price in prices if price is not None]


class TranslationForm(SeenFields, forms.Form):
    """The texts of a product in one language; an empty field is shown in the shop's own language."""

    name = text("Name", max_length=250)
    description = RichTextField(label="Description")
    seo_title = text("Title for search engines", max_length=70)
    seo_description = forms.CharField(
        label="Description for search engines",
        max_length=300,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
