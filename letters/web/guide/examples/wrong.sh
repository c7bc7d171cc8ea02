curl 'https://letters.example.org/api/v1/letters?limt=5'
