"""Somebody of the press agrees to an embargo, and then reads the letter before it opens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from letters import limits, tokens
from letters.enums import Role
from letters.models import Event, Letter, Organization, PressLink
from letters.services import letters, press
from letters.tokens import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
TITLE = "Keep the night trains running"
MARTIN = "Le Monde, A. Martin"


@pytest.fixture
def link() -> PressLink:
    draft = builders.draft(opens_at=timezone.now() + timedelta(days=12))
    return builders.press_link(draft, at=timezone.now(), words="Questions to Noor.")


def address(link: PressLink) -> str:
    return reverse("letters:embargo", args=[tokens.make(Purpose.EMBARGO, uid=link.uid, at=link.made_at)])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def agreed(link: PressLink) -> list[str]:
    found = Event.objects.filter(subject=link.letter.public_id, name="embargo.agreed")
    return list(found.values_list("actor", flat=True))


def test_before_they_agree_they_see_what_is_asked_and_nothing_of_the_letter(
    client: Client, link: PressLink
) -> None:
    shown = text(client.get(address(link)))
    assert "A letter of Night Rail Alliance, before it opens" in shown
    assert f"This link is for {MARTIN}, and for nobody else." in shown
    assert "Do not publish before" in shown
    assert "Questions to Noor." in shown
    assert TITLE not in shown
    assert "Every evening" not in shown
    link.refresh_from_db()
    assert (link.agreed_at, link.times) == (None, 0)


def test_the_click_is_recorded_and_shows_the_letter_in_its_page(client: Client, link: PressLink) -> None:
    before = timezone.now()
    response = client.post(address(link))
    shown = text(response)
    assert response.status_code == 200
    assert f">{TITLE}</h1>" in shown
    assert "Every evening people board a train" in shown
    assert "Embargoed until" in shown
    assert f"For {MARTIN} only." in shown
    for absent in ("Sign this letter", 'rel="canonical"', "Everyone who signed", "signatures", "og:title"):
        assert absent not in shown
    link.refresh_from_db()
    assert link.agreed_at is not None
    assert link.agreed_at >= before
    client.post(address(link))
    again = PressLink.objects.get()
    assert (again.agreed_at, again.times) == (link.agreed_at, 2)
    assert agreed(link) == ["reader"], "an event for the first time only"


def test_the_pages_are_kept_by_nobody_and_set_no_cookie(client: Client, link: PressLink) -> None:
    for response in (client.get(address(link)), client.post(address(link)), client.get("/embargo/x/")):
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies


def test_each_language_can_be_read(client: Client, link: PressLink) -> None:
    builders.translation(link.letter, "fr", "Gardons les trains de nuit")
    assert '<option value="fr" lang="fr">' in text(client.get(address(link)))
    french = text(client.post(address(link), {"language": "fr"}))
    assert "Gardons les trains de nuit" in french
    assert '<html lang="fr"' in french
    assert f">{TITLE}</h1>" in text(client.post(address(link), {"language": "xx"}))


def test_a_scheduled_letter_is_shown_as_it_was_published(client: Client, link: PressLink) -> None:
    letters.publish(letter=link.letter, by=None, at=timezone.now())
    builders.translation(link.letter, "fr", "Pas encore publié")
    assert "Every evening people board" in text(client.post(address(link)))
    assert "Pas encore" not in text(client.post(address(link), {"language": "fr"}))
    assert "fr" not in text(client.get(address(link))).partition("<main")[2]


def test_when_the_letter_opens_the_link_leads_to_it(client: Client, link: PressLink) -> None:
    letter = letters.publish(letter=link.letter, by=None, at=timezone.now())
    Letter.objects.update(opens_at=timezone.now() - timedelta(minutes=1))
    for response in (client.get(address(link)), client.post(address(link))):
        assert response.status_code == 303
        assert response["Location"] == f"/letters/{letter.slug}/"
    assert agreed(link) == []


def revoked(link: PressLink) -> None:
    fay = builders.member(link.letter.organization)
    press.revoke(letter=link.letter, pk=link.pk, by=fay, at=timezone.now())


def withdrawn(link: PressLink) -> None:
    letters.publish(letter=link.letter, by=None, at=timezone.now())
    letters.withdraw(letter=link.letter, reason="A mistake.", by=None, at=timezone.now())


@pytest.mark.parametrize("end", [revoked, withdrawn])
def test_what_was_taken_back_shows_nothing(client: Client, link: PressLink, end: Any) -> None:
    client.post(address(link))
    end(link)
    for response in (client.get(address(link)), client.post(address(link))):
        assert response.status_code == 410
        assert "Night Rail Alliance has taken it back." in text(response)
        assert TITLE not in text(response)
    assert PressLink.objects.get().times == 1


def test_an_unknown_link_and_one_of_another_kind_show_nothing(client: Client, link: PressLink) -> None:
    other = tokens.make(Purpose.MANAGE, uid=link.uid, at=link.made_at)
    for token in ("x", other, address(link).split("/")[2][:-2]):
        response = client.get(f"/embargo/{token}/")
        assert response.status_code == 404
        assert "copy the whole of it" in text(response)
    press.forget(at=link.embargo_until + limits.PRESS_KEPT)
    assert client.get(address(link)).status_code == 404


def test_after_the_embargo_the_page_says_so(client: Client, link: PressLink) -> None:
    PressLink.objects.update(made_at=timezone.now() - timedelta(2), embargo_until=timezone.now())
    assert "The embargo ended on" in text(client.get(address(link)))
    assert "Do not publish" not in text(client.post(address(link)))


def test_another_site_cannot_agree_in_their_name(client: Client, link: PressLink) -> None:
    response = client.post(address(link), headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert "sent from another site" in text(response)
    assert agreed(link) == []
    assert client.post(address(link), headers={"origin": "null"}).status_code == 200, (
        "as no-referrer sends it"
    )


@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}})
def test_whoever_tries_many_is_told_to_wait(client: Client, link: PressLink) -> None:
    cache.clear()
    network = {"REMOTE_ADDR": "203.0.113.77"}
    codes = [client.get("/embargo/x/", **network).status_code for _ in range(limits.EMBARGO.per_minute + 1)]
    assert codes == [404] * limits.EMBARGO.per_minute + [429]
    busy = client.post(address(link), **network)
    assert int(busy["Retry-After"]) > 0
    assert "Try again in" in text(busy)
    assert agreed(link) == []


class TestService:
    def give(self, letter: Letter, at: datetime = builders.NOW, **fields: Any) -> PressLink:
        return builders.press_link(letter, at=at, **fields)

    def test_what_a_link_needs(self) -> None:
        draft = builders.draft()
        with pytest.raises(press.NoRecipient):
            self.give(draft, recipient=" ")
        with pytest.raises(press.NotAhead):
            self.give(draft, embargo_until=builders.NOW)
        Organization.objects.update(approved_at=None)
        with pytest.raises(press.NotApproved):
            self.give(draft)
        assert not PressLink.objects.exists()

    def test_an_open_letter_and_an_empty_one_have_none(self) -> None:
        with pytest.raises(press.Opened):
            self.give(builders.letter())
        empty = Letter(slug="empty", organization=Organization.objects.get())
        letters.create(letter=empty, by=None, at=builders.NOW)
        with pytest.raises(press.NotWritten):
            self.give(empty)

    def test_there_are_so_many_and_no_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "PRESS_MOST", 1)
        draft = builders.draft()
        self.give(draft)
        with pytest.raises(press.TooMany):
            self.give(draft)

    def test_rows_go_a_month_after_the_embargo(self) -> None:
        link = self.give(builders.draft())
        end = link.embargo_until + limits.PRESS_KEPT
        assert press.forget(at=end - timedelta(seconds=1)) == 0
        assert press.forget(at=end) == 1


class TestDesk:
    @pytest.fixture
    def desk(self, link: PressLink, client: Client) -> Client:
        client.force_login(builders.member(link.letter.organization, Role.EDITOR, "edda@example.org"))
        return client

    def page(self, link: PressLink) -> str:
        return reverse("admin:letters_letter_press", args=[link.letter_id])

    def test_the_list_says_who_agreed_and_holds_the_link(self, desk: Client, link: PressLink) -> None:
        assert "Nobody has agreed to the embargo yet." in text(desk.get(self.page(link)))
        Client().post(address(link))
        shown = text(desk.get(self.page(link)))
        assert MARTIN in shown
        assert "Agreed to the embargo on" in shown
        assert f"http://testserver{address(link)}" in shown
        Client().post(address(link))
        assert "Read 2 times, last on" in text(desk.get(self.page(link)))

    def test_a_link_is_made_and_revoked(self, desk: Client, link: PressLink) -> None:
        said = {"recipient": "taz, B. Kaya", "embargo_until": "2035-05-03T06:00", "words": ""}
        assert desk.post(self.page(link), said).status_code == 302
        made = PressLink.objects.latest("pk")
        assert "Do not publish before 3 May 2035, 06:00 UTC" in text(Client().get(address(made))).replace(
            "\xa0", " "
        )
        desk.post(self.page(link), {"revoke": str(made.pk)})
        assert Client().get(address(made)).status_code == 410
        assert "shows nothing any more" in text(desk.get(self.page(link)))

    def test_what_is_wrong_is_said_beside_what_was_typed(self, desk: Client, link: PressLink) -> None:
        said = {"recipient": "taz, B. Kaya", "embargo_until": "2020-05-03T06:00"}
        shown = text(desk.post(self.page(link), said))
        assert "Choose a moment that is still to come." in shown
        assert 'value="taz, B. Kaya"' in shown

    def test_a_link_of_another_letter_is_not_revoked_here(self, desk: Client, link: PressLink) -> None:
        other = builders.press_link(builders.draft("other"), at=timezone.now())
        desk.post(self.page(link), {"revoke": str(other.pk)})
        desk.post(self.page(link), {"revoke": "x"})
        assert not PressLink.objects.exclude(revoked_at=None).exists()

    def test_an_embargo_that_ends_before_the_letter_opens_is_pointed_out(
        self, desk: Client, link: PressLink
    ) -> None:
        assert "they may publish before" not in text(desk.get(self.page(link)))
        Letter.objects.update(opens_at=link.embargo_until + timedelta(days=1))
        assert "they may publish before" in text(desk.get(self.page(link)))

    def test_once_the_letter_is_open_no_more_are_made(self, desk: Client, link: PressLink) -> None:
        letters.publish(letter=link.letter, by=None, at=timezone.now())
        Letter.objects.update(opens_at=timezone.now())
        shown = text(desk.get(self.page(link)))
        assert "Make a link" not in shown
        assert "/embargo/" not in shown
