"""Addresses of the pages. They tell the story: a letter, its form, its names, my signature.

Public pages also stand under a language: /fr/letters/... Files and pages of one signature do not.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from letters.web import (
    badges,
    cards,
    changes,
    check_email,
    developers,
    downloads,
    embargoes,
    embeds,
    feeds,
    invitations,
    ledger,
    ledger_files,
    letters,
    listing,
    live,
    lost_links,
    my_changes,
    my_data,
    my_news,
    my_renewal,
    my_signature,
    names,
    oembed,
    organizations,
    pages,
    previews,
    privacy,
    receipts,
    reports,
    resets,
    robots,
    signatures,
    snapshots,
    updates,
    versions,
)

app_name = "letters"
PUBLIC: list[URLPattern | URLResolver] = [
    path("", listing.index, name="index"),
    path("letters/<slug:slug>/", letters.letter, name="letter"),
    path("letters/<slug:slug>/sign/", signatures.sign, name="sign"),
    path("letters/<slug:slug>/check-email/", check_email.check_email, name="check_email"),
    path("letters/<slug:slug>/signatures/", names.names, name="names"),
    path("letters/<slug:slug>/report/", reports.report, name="report"),
    path("letters/<slug:slug>/report/made/", reports.made, name="reported"),
    path("letters/<slug:slug>/versions/", versions.versions, name="versions"),
    path("letters/<slug:slug>/updates/", updates.updates, name="updates"),
    path("letters/<slug:slug>/changes/", changes.changes, name="changes"),
    path("letters/<slug:slug>/data/", downloads.data, name="data"),
    path("letters/<slug:slug>/embed/", embeds.embed, name="embed"),
    path("letters/<slug:slug>/my-signature/", lost_links.lost_link, name="lost_link"),
    path("letters/<slug:slug>/ledger/", ledger.ledger, name="ledger"),
    path("letters/<slug:slug>/ledger/receipt/", receipts.check, name="check_receipt"),
    path("letters/<slug:slug>/at/<int:size>/", ledger.at, name="at"),
    path("letters/<slug:slug>/as-of/<str:day>/", snapshots.as_of, name="as_of"),
    path("organizations/<slug:slug>/", organizations.organization, name="organization"),
    path("how-we-count/", pages.how_we_count, name="how_we_count"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("developers/", developers.guide, name="developers"),
]
OTHERS: list[URLPattern | URLResolver] = [
    path("organizations/<slug:slug>/site-<slug:digest>.css", organizations.css, name="organization_css"),
    path("organizations/<slug:slug>/mark-<slug:digest>.png", organizations.mark, name="organization_mark"),
    path("preview/<int:pk>/", previews.preview, name="preview"),
    path("preview/live/", live.live, name="live_new"),
    path("preview/<int:pk>/live/", live.live, name="live"),
    path("embargo/<str:token>/", embargoes.embargo, name="embargo"),
    path("accounts/invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("accounts/objection/<str:token>/", resets.objection, name="objection"),
    path("accounts/enrolment/<str:token>/", resets.enrolment, name="enrolment"),
    path("s/<str:token>/", my_signature.enter, name="enter"),
    path("s/<str:token>/unsubscribe/", my_news.unsubscribe, name="unsubscribe"),
    path("my-signature/<uuid:uid>/", my_signature.manage, name="manage"),
    path("my-signature/<uuid:uid>/confirm/", my_signature.confirm, name="confirm"),
    path("my-signature/<uuid:uid>/thanks/", my_signature.thanks, name="thanks"),
    path("my-signature/<uuid:uid>/change/", my_changes.change, name="change"),
    path("my-signature/<uuid:uid>/reason/", my_changes.reason, name="reason"),
    path("my-signature/<uuid:uid>/revoke/", my_changes.revoke, name="revoke"),
    path("my-signature/<uuid:uid>/data/", my_data.data, name="data"),
    path("my-signature/<uuid:uid>/data/download/", my_data.download, name="download"),
    path("my-signature/<uuid:uid>/data/forget/", my_data.forget, name="forget"),
    path("my-signature/<uuid:uid>/data/delete/", my_data.delete, name="delete"),
    path("my-signature/<uuid:uid>/new-text/", my_renewal.new_text, name="new_text"),
    path("my-signature/<uuid:uid>/news/", my_news.news, name="news"),
    path("my-signature/<uuid:uid>/not-me/", my_signature.not_me, name="not_me"),
    path("my-signature/<uuid:uid>/withdraw/", my_signature.withdraw, name="withdraw"),
    path("my-signature/<uuid:uid>/receipt/", my_signature.receipt, name="receipt"),
    path("ledger/<str:public_id>/checkpoint", ledger_files.checkpoint, name="checkpoint"),
    path("ledger/<str:public_id>/vkey", ledger_files.vkey, name="vkey"),
    path("ledger/<str:public_id>/tile/<path:path>", ledger_files.tile, name="tile"),
    path("ledger/<str:public_id>/text/<int:number>", ledger_files.text, name="ledger_text"),
    path("ledger/<str:public_id>/withheld/<int:number>", ledger_files.withheld, name="ledger_withheld"),
    path("verify_letter.py", ledger_files.verifier, name="verifier"),
    path(".well-known/undersigned-ledger-keys", ledger_files.keys, name="ledger_keys"),
    path("how-we-count/rules.txt", ledger_files.counting_rules, name="counting_rules"),
    path("letters/<slug:slug>/card-<str:digest>.png", cards.card, name="card"),
    path("letters/<slug:slug>/badge.svg", badges.badge, name="badge"),
    path("letters/<slug:slug>/updates.atom", feeds.letter, name="letter_feed"),
    path("feed.atom", feeds.site, name="feed"),
    path("oembed", oembed.oembed, name="oembed"),
    path("developers/changes.atom", developers.changes, name="api_changes"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
]


def addresses(code: str) -> list[URLPattern | URLResolver]:
    """Return the addresses whose public pages stand under a language, or under none."""
    return [path(f"{code}/" if code else "", include(PUBLIC)), *OTHERS]


urlpatterns = addresses("")
