curl 'https://letters.example.org/api/v1/letters?sort=-signatures&limit=1'
