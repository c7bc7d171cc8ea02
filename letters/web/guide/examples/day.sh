curl https://letters.example.org/api/v1/letters/openness-in-ai/snapshots/2026-03-13
