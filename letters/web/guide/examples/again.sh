curl -s -o count.json -w '%{http_code}\n' --etag-compare tag --etag-save tag https://letters.example.org/api/v1/letters/openness-in-ai/count
curl -s -o count.json -w '%{http_code}\n' --etag-compare tag --etag-save tag https://letters.example.org/api/v1/letters/openness-in-ai/count
