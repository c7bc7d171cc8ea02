"""Mirrors letters/delivery."""
