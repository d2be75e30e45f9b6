"""Where a person lands after sign-in, and the factory's Today."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from fairfloor.accounts.public import has_demo_users, has_own_users
from fairfloor.core.access import page, public_page
from fairfloor.desk.pulse import headlines
from fairfloor.desk.waiting import waiting_rows
from fairfloor.indicators.public import chosen_period, period_choices, period_words
from fairfloor.organisations.public import INSIDERS, enterprise_name, enterprises_of, local_day


@public_page("shows a visitor where to sign in, and on a fresh installation where to begin")
def home(request):
    """The person's only factory, or the list of factories to choose from."""
    if not request.user.is_authenticated:
        return redirect("account_login" if has_own_users() or has_demo_users() else "desk:start")
    enterprises = enterprises_of(request.user, timezone.now())
    if len(enterprises) == 1 and not request.user.is_administrator:
        return redirect("desk:today", slug=enterprises[0].slug)
    language = get_language() or "en"
    choices = [
        {"slug": each.slug, "name": enterprise_name(each, language), "is_demo": each.is_demo}
        for each in enterprises
    ]
    context = {"choices": choices, "can_start": request.user.is_demo and not has_own_users()}
    return render(request, "desk/enterprise_choose.html", context)


@page("enterprise.open")
def today(request, slug):
    """What waits for me, and the factory's pulse."""
    day = local_day(request.enterprise, timezone.now())
    period = chosen_period(request.GET, day)
    is_insider = bool(request.actor.roles & INSIDERS)
    cards = headlines(slug, period, day, get_language() or "en") if request.actor.may("figures.view") else []
    context = {
        "day": day,
        "waiting": waiting_rows(request.actor, slug, day) if is_insider else [],
        "is_insider": is_insider,
        "cards": cards,
        "has_records": any(card.has_records for card in cards),
        "period_words": period_words(period),
        "period_choices": period_choices(request.enterprise, period, day),
        "may_import": request.actor.may("enterprise.manage"),
    }
    return render(request, "desk/today.html", context)
