curl https://letters.example.org/letters/openness-in-ai/data/daily.csv
