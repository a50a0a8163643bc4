from __future__ import annotations

import pytest

from geoportal.feedback.draft import LONGEST, Draft, read_draft

TOPICS = ("data", "mapa")
GOOD = Draft(topic="data", text="Ahoj")


def test_a_draft_without_mistakes_has_no_problems() -> None:
    assert GOOD.problems(TOPICS) == {}
    assert Draft(text="Ahoj").problems(()) == {}


@pytest.mark.parametrize("email", ["jana@example.cz", "j.n+o@sub.example.co.uk", "ž@čeština.cz"])
def test_an_address_that_can_be_answered_is_taken(email: str) -> None:
    assert Draft("data", "Ahoj", email).problems(TOPICS) == {}


@pytest.mark.parametrize(
    "email", ["jana", "jana@", "@example.cz", "jana@example", "a b@example.cz", "a@b@c.cz", "a@b.cz,c@d.cz", "a@b..cz"]
)
def test_an_address_that_can_not_be_answered_is_a_problem(email: str) -> None:
    assert Draft("data", "Ahoj", email).problems(TOPICS) == {"email": "email_malformed"}


def test_problems_come_in_the_order_of_the_form() -> None:
    assert list(Draft("x", "", "x", "p" * 501, "m" * 201).problems(TOPICS)) == [
        "o", "zprava", "email", "stranka", "misto",
    ]  # fmt: skip


def test_the_longest_text_is_taken_and_one_character_more_is_not() -> None:
    assert Draft("data", "ř" * LONGEST["zprava"]).problems(TOPICS) == {}
    assert Draft("data", "ř" * (LONGEST["zprava"] + 1)).problems(TOPICS) == {"zprava": "text_long"}


def test_fields_of_one_line_stay_on_one_line() -> None:
    draft = read_draft({"email": "a@b.cz\r\nBcc: c@d.cz", "misto": " Liberec \n IV ", "zprava": " a\r\nb\u2028c "})
    assert (draft.email, draft.place, draft.text) == ("a@b.cz Bcc: c@d.cz", "Liberec IV", "a\nbc")
    assert draft.problems(()) == {"email": "email_malformed"}
