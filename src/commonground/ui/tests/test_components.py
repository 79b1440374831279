"""Each component renders, escapes what it is given, and stands once on the page of components."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template, engines
from django.test.signals import template_rendered

from commonground.ui import charts, specimens, views
from commonground.ui.forms import Form
from commonground.ui.rail import Entry, Part
from commonground.ui.templatetags.ui import EMPTIES, FATES, MARK_WORDS, STAGES

from .conftest import NASTY

FOLDER = Path(__file__).parent.parent / "templates/ui"
COMPONENTS = {
    f"ui/{path.parent.name}/{path.name}" for name in ("components", "charts") for path in (FOLDER / name).iterdir()
}

WITH_TEXT = [
    '{% mark "act" x %}',
    "{% mark x %}",
    '{% status "watch" x %}',
    "{% badge x x %}",
    '{% badge "act" x %}',
    '{% icon "search" label=x %}',
    "{% fate x x %}",
    '{% fate "move" x %}',
    "{% stage x %}",
    "{% person x x url=x %}",
    '{% person "" x vacant=x %}',
    "{% empty x x x %}{{ x }}{% endempty %}",
    "{% page_head x x %}{{ x }}{% endpage_head %}",
    "{% part x note=x more=x url=x id=x css=x %}{{ x }}{% endpart %}",
    "{% crumb x url=x %}{% crumb x %}",
    "{% flash x x x %}",
    '{% flash "act" x %}',
    "{% source x x x x of=x %}",
    "{% diff x y %}",
    "{% diff y x %}",
    "{% query q=x %}",
    "{% sort_link x x default=x %}",
    "{% sort_head x x css=x default=x %}",
    "{% filter_link x x x shape=x %}",
    "{% table_foot page x note=x %}",
    "{% form_actions x url=x back=x %}",
    "{{ x|day }}{{ x|weekday }}{{ x|initials }}{{ 3|plural_words:x }}",
    "{% rail_link entry %}",
    "{% strip parts %}",
    "{% bar 2 4 kind=x label=x %}",
    "{% sparkline values x kind=x %}",
    "{% diverging 1 2 3 x %}",
    "{% timeline line x %}",
    "{% page_styles x %}",
]


@pytest.fixture
def nasty(asked):
    """A context full of text that tries to break out."""
    day = specimens.DAY
    event = charts.Event(day, NASTY, NASTY, NASTY)
    return {
        "request": asked(q=NASTY),
        "x": NASTY,
        "y": "plain words",
        "page": SimpleNamespace(shown=3, after=NASTY, is_first=False),
        "entry": Entry(Part("k", NASTY, "", "", ""), NASTY, True),
        "marks": {"k": SimpleNamespace(open=2, worst=NASTY)},
        "parts": [(NASTY, 2, NASTY)],
        "values": [1, 2],
        "line": charts.timeline([event], day.replace(year=2025), day.replace(year=2027), day),
    }


@pytest.mark.parametrize("source", WITH_TEXT)
def test_text_is_escaped(nasty, source):
    shown = engines["django"].engine.from_string(source).render(Context(nasty))
    assert shown.strip()
    assert "<script" not in shown
    assert "<b>x" not in shown
    assert "\"'>" not in shown


def test_labels_and_errors_of_a_form_are_escaped(only_ui):
    class Nasty(Form):
        word = forms.CharField(label=NASTY, help_text=NASTY, error_messages={"required": NASTY})

        def clean(self):
            raise forms.ValidationError(NASTY)

    shown = str(Nasty({}))
    assert "Two answers" in shown
    assert "<script" not in shown
    assert "<b>x" not in shown


def test_actions_between_the_tags_stay_what_they_are(only_ui):
    shown = Template('{% empty "first" "No roster yet" %}<a href="/x">Bring one</a>{% endempty %}').render(Context())
    assert '<a href="/x">Bring one</a>' in shown
    assert 'data-empty="first"' in shown


@pytest.fixture
def styleguide(asked):
    seen = set()

    def note(template, **kwargs):
        seen.add(template.name)

    template_rendered.connect(note)
    response = views.styleguide(asked())
    template_rendered.disconnect(note)
    return response, seen


def test_every_component_of_the_folder_stands_on_the_page(styleguide):
    response, seen = styleguide
    assert response.status_code == 200
    assert COMPONENTS - seen == set()


def test_every_kind_of_mark_fate_stage_and_empty_page_is_shown(styleguide):
    text = styleguide[0].content.decode()
    for shape in [f"#m-{kind}" for kind in MARK_WORDS] + [f"#f-{kind}" for kind in FATES]:
        assert f'href="{shape}"' in text
    for word in STAGES:
        assert f"<span>{word}</span>" in text
    for kind in EMPTIES:
        assert f'data-empty="{kind}"' in text


def test_who_has_not_signed_in_is_sent_to_sign_in(asked):
    request = asked()
    request.actor = None
    response = views.styleguide(request)
    assert response.status_code == 302
    assert "next=/styleguide/" in response["Location"]
