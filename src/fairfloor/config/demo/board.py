"""What Riverside Knitting put on its board."""

from __future__ import annotations

from fairfloor.config.demo.stage import Stage
from fairfloor.desk.board_services import Kind, release_item, renew_board_link
from fairfloor.projects.public import COMPLETED, ImprovementProject
from fairfloor.suggestions.public import IMPLEMENTED, Suggestion

NOTES = (
    (
        "Thank you: every idea is read within two days. The box by the canteen is emptied on Mondays.",
        "谢谢大家：每条建议两天内都有人看。食堂旁的意见箱每周一开箱。",
    ),
)
PAIR = (
    "Before, carts stood in the walkway. Now each has its marked place.",
    "以前推车停在通道上，现在每辆都有划好的位置。",
)
IDEA = (
    "An idea from the floor was carried out: less walking, less waiting.",
    "一条来自一线的建议已经落实：少走路，少等待。",
)
DONE = (
    "Finished: one more improvement by the people who do the work.",
    "又完成一项改善，由干这份活的人一起做成。",
)


def play(stage: Stage) -> None:
    """The address for the screen, a note, an idea, a project and a pair of photos."""
    secretary = stage.actors["secretary"]

    def up(kind: Kind, words: tuple[str, str], code: str = "") -> None:
        release_item(
            actor=secretary, kind=kind, code=code, words=words[0], words_zh=words[1], **stage.when(2)
        )

    renew_board_link(actor=secretary, at=stage.at(3))
    for words in NOTES:
        up(Kind.NOTE, words)
    idea = Suggestion.objects.filter(status__in=IMPLEMENTED).order_by("-decided_date", "code").first()
    if idea is not None:
        up(Kind.SUGGESTION, IDEA, idea.code)
    finished = ImprovementProject.objects.filter(status__in=COMPLETED).order_by("-finish_date", "code")
    pair = finished.filter(photo_before__isnull=False, photo_after__isnull=False).first()
    if pair is not None:
        up(Kind.PHOTO, PAIR, pair.code)
    other = finished.filter(photo_before__isnull=True).first()
    if other is not None:
        up(Kind.PROJECT, DONE, other.code)
