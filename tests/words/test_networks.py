"""Whose network it is: the one that our own proxies heard, whatever the reader claims."""

from __future__ import annotations

import pytest

from letters import networks

READER, PROXY, CDN = "192.0.2.77", "10.0.0.9", "198.51.100.4"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("192.0.2.254", "192.0.2.0/24"),
        ("192.0.3.1", "192.0.3.0/24"),
        ("2001:db8:1:2ff:a:b:c:d", "2001:db8:1:200::/56"),
        ("2001:db8:1:200::1", "2001:db8:1:200::/56"),
        ("2001:db8:1:300::1", "2001:db8:1:300::/56"),
        ("::1", "::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("192.0.2.77:4711", "192.0.2.0/24"),
        ("[2001:db8:1:2ff::1]:4711", "2001:db8:1:200::/56"),
        ("[2001:db8:1:2ff::1]", "2001:db8:1:200::/56"),
        ("", "unknown"),
        ("unix:", "unknown"),
        ("192.0.2.777", "unknown"),
    ],
)
def test_an_address_stands_for_its_network(address: str, network: str) -> None:
    assert networks.of({"REMOTE_ADDR": address}, proxies=0) == network
    if network != "unknown":
        meta = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": f"203.0.113.1, {address}"}
        assert networks.of(meta, proxies=1) == network


@pytest.mark.parametrize(
    ("written", "proxies", "expected"),
    [
        (None, 0, PROXY),
        (READER, 0, PROXY),
        (READER, 1, READER),
        (f"203.0.113.1, {READER}", 1, READER),
        (f"203.0.113.1,203.0.113.2 , {READER} ", 1, READER),
        (f"{READER}, {CDN}", 2, READER),
        (f"203.0.113.1, {READER}, {CDN}", 2, READER),
        (None, 1, PROXY),
        ("", 1, PROXY),
        (f"{READER}, ", 1, PROXY),
        (f"{READER}, unknown", 1, PROXY),
        (CDN, 2, PROXY),
    ],
)
def test_only_what_proxies_of_ours_wrote_is_believed(
    written: str | None, proxies: int, expected: str
) -> None:
    meta = {"REMOTE_ADDR": PROXY}
    if written is not None:
        meta["HTTP_X_FORWARDED_FOR"] = written
    assert networks.of(meta, proxies=proxies) == networks.of({"REMOTE_ADDR": expected}, proxies=0)


def test_no_claim_of_a_reader_moves_them_to_another_network() -> None:
    claims = ["203.0.113.1", "203.0.113.1, 10.0.0.9", "x" * 5000, ", " * 500, "127.0.0.1", "\x00", "::1"]
    found = {
        networks.of({"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": f"{claim}, {READER}"}, proxies=1)
        for claim in claims
    }
    assert found == {"192.0.2.0/24"}
