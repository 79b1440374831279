"""Forms as the product draws them: one column, label above, error between hint and input."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws `{{ form }}` and `{{ field.as_field_group }}` with the components of ui."""

    form_template_name = "ui/form_body.html"
    field_template_name = "ui/components/field.html"


class Sensible:
    """For any form: days are asked with the browser's calendar, and what is missing is told by us, not by the browser."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)


def _dress(field: forms.Field) -> None:
    """Sensible attributes for the widget of a field; what a form sets itself stays."""
    widget = field.widget
    if isinstance(field, forms.DateField) and isinstance(widget, forms.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    elif isinstance(field, forms.EmailField):
        widget.attrs.setdefault("autocomplete", "email")
        widget.attrs.setdefault("spellcheck", "false")
    elif isinstance(field, forms.IntegerField):
        widget.attrs.setdefault("inputmode", "numeric")
    if isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = widget.attrs.get("rows") if widget.attrs.get("rows") not in {None, "10"} else "4"
        widget.attrs.pop("cols", None)


class Form(Sensible, forms.Form):
    """The base of the product's forms."""


class ModelForm(Sensible, forms.ModelForm):  # type: ignore[type-arg]
    """The base of forms over one model."""
