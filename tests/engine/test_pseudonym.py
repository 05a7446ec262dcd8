"""Pseudonyms: stable under one key, unrelated under another, and never the id itself."""

from __future__ import annotations

from jibungoto.engine.pseudonym import concealer, new_key


def test_the_same_id_gets_the_same_pseudonym_whoever_asks() -> None:
    key = new_key()
    assert concealer(key, "slack")("U1") == concealer(key, "slack")("U1")


def test_another_source_and_another_community_know_somebody_else() -> None:
    key = new_key()
    pseudonyms = {
        concealer(key, "slack")("U1"),
        concealer(key, "discord")("U1"),
        concealer(new_key(), "slack")("U1"),
    }
    assert len(pseudonyms) == 3


def test_source_and_id_are_kept_apart_in_what_is_hashed() -> None:
    key = new_key()
    assert concealer(key, "a")("bc") != concealer(key, "ab")("c")


def test_a_pseudonym_is_32_hexadecimal_characters_and_holds_no_id() -> None:
    pseudonym = concealer(new_key(), "slack")("U061A1R2R")
    assert len(pseudonym) == 32
    assert set(pseudonym) <= set("0123456789abcdef")
    assert "061a1r2r" not in pseudonym


def test_an_id_with_half_a_character_in_it_is_concealed_too() -> None:
    assert len(concealer(new_key(), "slack")("U\ud83d")) == 32
