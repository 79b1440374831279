from commonground.guidance.reference import PAGE, page


def test_the_reference_page_is_what_the_catalogue_says():
    assert PAGE.read_text(encoding="utf-8") == page(), "Run `python -m commonground.reference`."
