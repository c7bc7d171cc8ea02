curl 'https://letters.example.org/api/v1/letters/openness-in-ai/timeseries?interval=hour&from=2026-03-09&to=2026-03-09'
