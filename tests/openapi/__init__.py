"""The OpenAPI document as its linter and its fuzzer read it."""
