"""What people may do with the board. It shows released things only; who may release is decided here."""

from fairfloor.organisations.public import INSIDERS, Role

PERMISSIONS = {
    "board.view": INSIDERS,
    "board.release": {Role.TEAM_SECRETARY, Role.MANAGER},
}
