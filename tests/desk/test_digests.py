"""Digests: once a day, counts and links only, by a real mail server on this machine."""

import socket
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from fairfloor.core import schedule
from fairfloor.core.jobs import run_worker
from fairfloor.core.models import DailyRun
from fairfloor.core.tenancy import scope
from fairfloor.desk import digests
from fairfloor.desk.models import Digest
from fairfloor.organisations.public import Role, local_clocks, local_day
from tests.suggestions.asking import send

SECRET = "the blue forklift of Mrs Wei"


class MailServer(threading.Thread):
    """As much of SMTP as a sender needs; keeps what it was given, or refuses it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.mails, self.is_refusing = [], False

    def run(self):
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self.talk(stream)

    def talk(self, stream):
        def say(line):
            stream.write(line.encode() + b"\r\n")
            stream.flush()

        say("220 here")
        while line := stream.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                say("354 go on")
                lines = []
                while (one := stream.readline()) not in {b".\r\n", b""}:
                    lines.append(one)
                self.mails.append(b"".join(lines).decode())
                say("250 kept")
            elif verb == b"QUIT":
                say("221 bye")
                return
            elif verb == b"MAIL" and self.is_refusing:
                say("550 not now")
            else:
                say("250 ok")


@pytest.fixture
def mail(settings):
    server = MailServer()
    server.start()
    settings.MAIL_URL = f"mailto://127.0.0.1:{server.port}/?mode=insecure&from=desk@example.org"
    settings.PUBLIC_URL = "https://fairfloor.example.org"
    yield server
    server.socket.close()


@pytest.fixture
def secretary(river):
    user = river.user("secretary", Role.TEAM_SECRETARY)
    user.email = "secretary@example.org"
    user.save()
    return user


def day_of(factory):
    return local_day(factory.enterprise, timezone.now())


def digest(factory, user):
    now = timezone.now()
    return digests.send_digest(user=user, day=day_of(factory), now=now)


def test_one_a_day_with_counts_and_links_and_nobody_s_words(river, hill, mail, secretary):
    assert digest(river, secretary) is False  # nothing waits
    send(hill, text="Of another factory", day=day_of(hill))
    assert digest(river, secretary) is False
    send(river, text=SECRET, day=day_of(river))
    assert digest(river, secretary) is True
    assert digest(river, secretary) is False
    (kept,) = mail.mails
    assert "secretary@example.org" in kept
    assert "https://fairfloor.example.org/e/river/" in kept
    assert "forklift" not in kept
    assert "Hill" not in kept
    assert Digest.objects.get().state == "SENT"


def test_off_weekly_and_no_address_are_kept(river, mail, secretary):
    send(river, day=day_of(river))
    digests.choose_rhythm(user_id=secretary.pk, rhythm="OFF")
    assert digest(river, secretary) is False
    digests.choose_rhythm(user_id=secretary.pk, rhythm="WEEKLY")
    monday = day_of(river) - timedelta(days=day_of(river).weekday())
    now = timezone.now()
    assert digests.send_digest(user=secretary, day=monday + timedelta(days=1), now=now) is False
    assert digests.send_digest(user=secretary, day=monday, now=now) is True
    secretary.email = ""
    assert digests.send_digest(user=secretary, day=monday - timedelta(days=7), now=now) is False
    with pytest.raises(ValueError, match="HOURLY"):
        digests.choose_rhythm(user_id=secretary.pk, rhythm="HOURLY")


def test_a_failure_is_kept_and_tried_again_four_times_at_most(river, mail, secretary):
    send(river, day=day_of(river))
    mail.is_refusing = True
    assert digest(river, secretary) is False
    kept = Digest.objects.get()
    assert (kept.state, kept.tries) == ("FAILED", 1)
    assert "example" not in kept.problem
    assert digests.failed_digests(day_of(river)) == 1
    mail.is_refusing = False
    assert digest(river, secretary) is True
    assert digests.failed_digests(day_of(river)) == 0
    Digest.objects.update(state="FAILED", tries=4)
    assert digest(river, secretary) is False
    # The server stopped while it sent: nobody knows, so nothing goes twice.
    Digest.objects.update(state="SENDING", tries=1)
    assert digest(river, secretary) is False


@pytest.mark.django_db(transaction=True)
def test_the_schedule_queues_each_place_once_an_hour(river, hill, mail, secretary):
    send(river, day=day_of(river))
    places = [(pk, local.replace(hour=9)) for pk, local in local_clocks(timezone.now())]
    old = schedule._places[:]
    schedule.set_places(lambda now: places)
    try:
        assert schedule.enqueue_due(timezone.now()) == 8  # four jobs in two places
        assert schedule.enqueue_due(timezone.now()) == 0
        places[:] = [(pk, local.replace(hour=4)) for pk, local in places]
        DailyRun.objects.all().delete()
        assert schedule.enqueue_due(timezone.now()) == 2  # the tidying at three
        DailyRun.objects.all().delete()
        places[:] = [(pk, local.replace(hour=23)) for pk, local in places]
        assert schedule.enqueue_due(timezone.now()) == 8
        run_worker("test-digests", until_empty=True)
    finally:
        schedule._places[:] = old
    assert len(mail.mails) == 1
    with scope(river.id):
        assert Digest.objects.get().state == "SENT"
