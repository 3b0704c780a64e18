from ui import crash


def test_report_names_places_in_the_code_and_nothing_of_the_plan():
    def failing(name: str) -> None:
        raise ValueError(f"Anna Åberg {name}")

    try:
        failing("is secret")
    except ValueError as error:
        text = crash.report(error)
    assert "test_crash.py" in text
    assert "failing" in text
    assert "ValueError" in text
    assert "Anna" not in text
