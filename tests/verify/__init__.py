"""The offline verifier, against ledgers that are honest and ledgers that are not."""
