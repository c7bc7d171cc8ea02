"""Mirrors the pure functions of letters/."""
