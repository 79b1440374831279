import pytest
from django.contrib.contenttypes.models import ContentType
from hypothesis import given
from hypothesis import strategies as st

from commonground.ui.paging import Keyset, sort_order, whole

pytestmark = pytest.mark.django_db
SORTS = {"name": ("model", "id"), "app": ("app_label", "-id")}


@pytest.fixture
def rows():
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(
        ContentType(app_label=f"app{number % 3}", model=f"thing{number % 5}{number}") for number in range(23)
    )
    return ContentType.objects.all()


def walk(keyset, rows):
    after, pages = "", []
    while True:
        page = keyset.page(rows, after)
        pages.append(page)
        if not page.after:
            return pages
        after = page.after


@pytest.mark.parametrize("order", [("model", "id"), ("app_label", "-id"), ("-app_label", "model", "id")])
@pytest.mark.parametrize("size", [1, 5, 22, 23, 24])
def test_the_pages_together_are_the_list_in_its_order(rows, order, size):
    pages = walk(Keyset(order, size), rows)
    assert [row.pk for page in pages for row in page.rows] == [row.pk for row in rows.order_by(*order)]
    assert [page.is_first for page in pages] == [True] + [False] * (len(pages) - 1)
    assert all(page.shown == size for page in pages[:-1])


def test_rows_of_values_are_paged_as_well(rows):
    pages = walk(Keyset(("app_label", "id"), 10), rows.values("app_label", "id"))
    assert sum(page.shown for page in pages) == 23


def test_neither_offset_nor_count_is_asked(rows, django_assert_num_queries):
    first = Keyset(("model", "id"), 5).page(rows)
    with django_assert_num_queries(1) as asked:
        Keyset(("model", "id"), 5).page(rows, first.after)
    assert "OFFSET" not in asked[0]["sql"]
    assert "COUNT" not in asked[0]["sql"]


def test_a_cursor_that_was_tampered_with_gives_the_first_page(rows):
    keyset = Keyset(("model", "id"), 5)
    after = keyset.page(rows).after
    for broken in ("x", after[:-2] + "zz", "a:b:c", "\x00"):
        assert keyset.page(rows, broken).is_first


def test_a_cursor_of_another_order_gives_the_first_page(rows):
    after = Keyset(("model", "id"), 5).page(rows).after
    assert Keyset(("-model", "id"), 5).page(rows, after).is_first


def test_a_whole_list_is_one_page():
    assert whole(iter([1, 2])).rows == [1, 2]
    assert whole([]).after == ""


@given(st.text(max_size=8))
def test_only_orders_of_the_code_are_sorted_by(asked):
    assert sort_order(asked, SORTS, "name") in {
        ("model", "id"),
        ("-model", "-id"),
        ("app_label", "-id"),
        ("-app_label", "id"),
    }


def test_a_minus_turns_the_whole_order():
    assert sort_order("-app", SORTS, "name") == ("-app_label", "id")
    assert sort_order("--app", SORTS, "-name") == ("-model", "-id")
