"""Forms as the product draws them: one column, label above, error between hint and input."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


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

    def offer(self, name: str, what: QuerySet[Any] | Iterable[Any]) -> None:
        """Says what a field lets choose from: rows of the database, or choices. Raises TypeError for a field that does not choose so."""
        field = self.fields[name]
        if isinstance(what, QuerySet) and isinstance(field, forms.ModelChoiceField):
            field.queryset = what
        elif isinstance(field, forms.ChoiceField) and not isinstance(what, QuerySet):
            field.choices = list(what)
        else:
            raise TypeError(f"The field “{name}” of {type(self).__name__} does not choose among these.")


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


def options_of(choices: Iterable[tuple[Any, Any]], chosen: Collection[str]) -> SafeString:
    """The options of a list, written in one go. choices: (value, label). chosen: values, as text."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((key, mark_safe(" selected") if str(key) in chosen else "", label) for key, label in choices),
    )


class LongSelect(forms.Select):
    """A list to choose from that is written in one go: Django draws one template an option, 0.3 s for 2,000 of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        options = options_of(self.choices, {str(one) for one in self.format_value(value)})
        words = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>\n{}\n</select>", flatatt(words), options)


class LongSelectMany(LongSelect, forms.SelectMultiple):
    """Several out of a long list, written in one go."""


class LongCheckboxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, as Django draws them, written in one go for the same reason."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        words = self.build_attrs(self.attrs, attrs)
        chosen, base = {str(one) for one in self.format_value(value)}, str(words.get("id", f"id_{name}"))
        boxes = format_html_join(
            "\n",
            '<div><label for="{}"><input type="checkbox" name="{}" value="{}" id="{}"{}> {}</label></div>',
            (
                (f"{base}_{at}", name, key, f"{base}_{at}", mark_safe(" checked") if str(key) in chosen else "", label)
                for at, (key, label) in enumerate(self.choices)
            ),
        )
        return format_html("<div{}>{}</div>", flatatt(words), boxes)
