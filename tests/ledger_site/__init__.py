"""The product's own ledgers before the verifier: what a stranger finds, and what a tamperer cannot hide."""
