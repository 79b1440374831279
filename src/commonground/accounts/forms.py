"""Forms about one's own way in."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm

from commonground.accounts.models import User
from commonground.ui.forms import Form, Sensible


class SignInForm(Sensible, AuthenticationForm):
    """Name and password."""

    error_messages = {
        "invalid_login": "This name and this password do not belong together. Look at capitals, then try again.",
        "inactive": "Your access was closed. Ask whoever manages access to open it.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Sign-in name"
        self.fields["password"].label = "Password"
        for name, asked in (("username", "Write your sign-in name."), ("password", "Write your password.")):
            self.fields[name].error_messages["required"] = asked


def new_password(**kwargs: Any) -> forms.CharField:
    """A field for a password that is made up now."""
    return forms.CharField(
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least eight characters; several words are easier to keep than signs.",
        **kwargs,
    )


class NameForm(Form):
    """What one is called on the pages."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write your name."})


class NewPasswordForm(Form):
    """Asks somebody for a password that is made up now, as the field `new`. user: whose it will be."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        return new


class PasswordForm(NewPasswordForm):
    """The password one has and the one to come."""

    now = forms.CharField(
        label="Password now",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Write the password that you sign in with now."},
    )
    new = new_password(label="New password", error_messages={"required": "Write the new password."})

    def clean_now(self) -> str:
        now: str = self.cleaned_data["now"]
        if not self.user.check_password(now):
            raise forms.ValidationError("That is not the password you sign in with now. Write it once more.")
        return now


class FirstPasswordForm(NewPasswordForm):
    """A password for somebody who has none yet."""

    new = new_password(label="A password", error_messages={"required": "Write a password, or stay on this device."})


def _code(label: str, help_text: str, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        help_text=help_text,
        widget=forms.TextInput(
            attrs={"autocomplete": autocomplete, "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Write the code."},
    )


class PrintedCodeForm(Form):
    """A printed one-time code."""

    code = _code("Code", "As it is printed; capitals and dashes do not matter.", "off")


class SecondStepForm(Form):
    """A code from the app, or a recovery code."""

    code = _code("Code from the app", "Six figures. Without the app: one of your recovery codes.", "one-time-code")
