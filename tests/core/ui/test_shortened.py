"""Long words on one line."""

import pytest

from fairfloor.core.ui.formatting import shortened


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("Short.", 20, "Short."),
        ("The printer  jams\nafter", 40, "The printer jams after"),
        (
            "The printer jams after every tenth sheet. A new one helps.",
            43,
            "The printer jams after every tenth sheet…",
        ),
        ("The printer jams", 12, "The printer…"),
        ("染缸台阶太暗，夜班容易踩空。", 8, "染缸台阶太暗…"),
        ("A 染缸台阶太暗夜班容易踩空", 8, "A 染缸台阶太…"),
        ("", 8, ""),
    ],
)
def test_words_are_cut_between_words_and_marked(text, room, shown):
    assert shortened(text, room) == shown
    assert len(shown) <= room
