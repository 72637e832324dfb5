"""Forms that compare what they showed with what is stored."""

from django import forms

from store.safety.models import Lot
from store.seen_fields import SeenFields


class LotForm(SeenFields, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Lot
        fields = ("supplier",)


def test_what_a_new_row_was_filled_with_beforehand_can_be_changed() -> None:
    sent = {"supplier": "Ours", "initial-supplier": "The last one's"}
    form = LotForm(sent, instance=Lot())
    form["supplier"]
    assert form.is_valid(), form.errors
    assert form.cleaned_data["supplier"] == "Ours"


def test_a_stored_row_that_somebody_changed_meanwhile_is_asked_about() -> None:
    sent = {"supplier": "Ours", "initial-supplier": "The last one's"}
    form = LotForm(sent, instance=Lot(pk=1, supplier="Theirs"))
    assert not form.is_valid()
    assert "meanwhile to “Theirs”" in form.errors["supplier"][0]
