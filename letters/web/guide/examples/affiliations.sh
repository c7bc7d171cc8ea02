curl https://letters.example.org/api/v1/letters/openness-in-ai/affiliations
