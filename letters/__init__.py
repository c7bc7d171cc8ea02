"""The product: open letters, their signatures, and the number behind each of them.

Layers outside, nouns inside. A line may import from the lines under it, never from those
above, and modules of one line do not import each other (the words and pure functions of the
last two lines may). tests/test_architecture.py holds this.

    web   api   admin   tasks   management   checks     doors: turn HTTP, clock or queue into one call
    delivery                                            wires: mail
    services            queries          templatetags   verbs           questions         how rows are written
    records                                             written beside a change: events, outbox, entries
    models                                              facts and constraints
    enums limits text prose addresses tokens crypto     words and pure functions
    cursors durable refusal tallying ledger signing rules folding citations languages cards
    differences demo consents envelopes networks affiliations disclosure roles cells factors
    sources release browsers charts embeds qr
    substance                                           what in a change may change what a letter says
    rates                                               how much one network may ask for, counted in Redis
    labels clocks                                       what a form calls its fields; moments on a wall clock
    colors marks looks                                  what an organization’s pages look like
"""
