"""Mirrors letters/demo."""
