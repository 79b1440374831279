"""Forms about mail."""

from django import forms

from commonground.ui.forms import Form


class TestMailForm(Form):
    """Where a test mail goes."""

    to = forms.EmailField(
        label="Send a test mail to",
        error_messages={"required": "Write the address.", "invalid": "This is no e-mail address. Correct it."},
    )
