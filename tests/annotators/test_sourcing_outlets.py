"""The table of outlets: names, addresses, short names, the user's own entries; credits of whole documents."""

from __future__ import annotations

import pytest

from onrecord.annotation import Annotations
from onrecord.annotators.sourcing.tracing import trace
from onrecord.document import Document
from onrecord.errors import UsageError
from onrecord.lexicon.outlets import Outlets, known_outlets


def agencies(text, **known):
    links = trace(Annotations(Document(id="d", text=text, **known))).provenance
    return [link.outlet for link in links if link.kind == "agency-copy"]


def test_every_name_of_the_table_means_one_outlet():
    seen = {}
    outlets = {o.name: o for o in known_outlets()._by_key.values()}
    for outlet in outlets.values():
        for name in (outlet.name, *outlet.aliases):
            assert seen.setdefault(name, outlet.name) == outlet.name
        assert outlet.source in {"list", "home", "hand"}


@pytest.mark.parametrize(
    ("name", "outlet"),
    [("AP", "The Associated Press"), ("the Beeb", "BBC"), ("WSJ", "The Wall Street Journal"), ("rbb24", "RBB")],
)
def test_other_names_are_one_outlet(name, outlet):
    assert known_outlets().named(name).name == outlet


def test_capitals_tell_an_outlet_from_a_word():
    assert known_outlets().named("time") is None
    assert known_outlets().named("ap") is None


def test_a_subdomain_belongs_to_its_outlet():
    assert known_outlets().at("https://edition.cnn.com/2020/x").name == "CNN"
    assert known_outlets().at("africa.chinadaily.com.cn").name == "China Daily"
    assert known_outlets().at("http://[broken") is None


def test_a_user_adds_outlets_and_replaces_them(tmp_path):
    table = tmp_path / "mine.toml"
    table.write_text('outlets = [{name = "The Corvo Ledger", kind = "newspaper", aliases = ["TCL"]}]', encoding="utf-8")
    assert Outlets.load(table).named("TCL").name == "The Corvo Ledger"


@pytest.mark.parametrize("content", ["outlets = 3", "not toml", 'outlets = [{title = "x"}]'])
def test_a_table_of_another_form_is_refused_in_one_sentence(tmp_path, content):
    table = tmp_path / "mine.toml"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.toml cannot be used"):
        Outlets.load(table)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("ALVOR (AP) — The dam held.", {}, ["The Associated Press"]),
        ("ALVOR, May 3 (Reuters) - The dam held.", {}, ["Reuters"]),
        ("Alvor (AFP) – The dam held.", {}, ["Agence France-Presse"]),
        ("The dam held.", {"byline": "Ana Ruiz, Associated Press"}, ["The Associated Press"]),
        ("The dam held.", {"byline": "UPI"}, ["United Press International"]),
        ("The dam held.", {"url": "https://www.nytimes.com/aponline/2020/x.html"}, ["The Associated Press"]),
        ("The dam held.", {"url": "http://www.dailymail.co.uk/wires/pa/article-1/x.html"}, ["Press Association"]),
        ("The dam held.\n\nCopyright 2020 The Associated Press. All rights reserved.", {}, ["The Associated Press"]),
        ("The dam held.\n\n(Reporting by A Ruiz; Editing by B Silva)", {}, ["Reuters"]),
        ("The dam held.\n\nReporting by the Northern Press Network (NPN)", {}, ["Northern Press Network"]),
        ("ALVOR (NPN) — It held.\n\nReporting by the Northern Press Network (NPN)", {}, ["Northern Press Network"]),
        ("The dam held.\n\n- Reuters.", {}, ["Reuters"]),
        ("The dam held. " * 100 + "\nNobody was hurt.\nPA", {}, ["Press Association"]),
        (
            "The dam held.\n\nAP - AFP\n(The Ledger 10/03/2017 page 4)",
            {},
            ["The Associated Press", "Agence France-Presse"],
        ),
        ("The dam held.\n\nThis article originally appeared on CNET.", {"outlet": "The Ledger"}, ["CNET"]),
        ("Dam holds\n\nBy ANA RUIZ\nAssociated Press\n\nThe dam held.", {}, ["The Associated Press"]),
        ("Dam holds\n\nReuters\n\nThe dam held.", {}, ["Reuters"]),
        ("Reuters\n\nThe dam held.\n\nFollow Reuters’ Ana Ruiz on Facebook.", {}, ["Reuters"]),
    ],
)
def test_an_agencys_text_is_known_by_its_credit(text, known, expected):
    assert agencies(text, **known) == expected


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Men look at the dam. (Ana Ruiz/AP)\n\nThe dam held.", {}),
        ("The dam held.\n\nThe Associated Press contributed to this report.", {}),
        ("The dam held, the AP reported.", {}),
        ("(CNN) — The dam held.", {"outlet": "CNN"}),
        ("ALVOR (Reuters) - The dam held.", {"url": "https://www.reuters.com/article/x"}),
        ("Rep. Ana Ruiz (D-N.Y.) - a lawyer - said no.", {}),
        ("The dam held.", {"byline": "Ana Ruiz"}),
        ("Dam holds\n\nThe Associated Press\nThe Associated Press\n\nThe dam held.", {}),
        ("Dam holds\n\nReuters\n\nReuters\n\nThe dam held.", {}),
        ("Dam holds\n\nReuters\n\nThe dam held.\n\nFollow the Ledger's Ana Ruiz on Facebook.", {"outlet": "Ledger"}),
        ("Dam holds\n\nBy Ana Ruiz/AFP/Getty Images\n\nThe dam held.", {}),
        ("Source: Reuters/Getty\n\nThe dam held.", {}),
        ("The dam held.\n\n© Reuters photo of the dam", {}),
        ("The dam held.\n\n© AFP/Getty A dam", {}),
        ("The dam held.", {"url": "https://www.example.com/pa/news"}),
        ("The dam held. " * 100 + "\nThe dam in spring\nPA", {}),
        ("The dam held.\n\nOak - Elm", {}),
        ("The dam held.\n\nPA\n\nFollow the Ledger's Ana Ruiz on Facebook.", {"outlet": "Ledger"}),
        ("The dam held.\n\nThis article was published by CNET.", {"outlet": "The Ledger"}),
    ],
)
def test_what_only_mentions_an_agency_is_not_its_text(text, known):
    assert agencies(text, **known) == []
