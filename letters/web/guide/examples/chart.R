daily <- read.csv("https://letters.example.org/letters/openness-in-ai/data/daily.csv")
daily$date <- as.Date(daily$date)
subset(daily, date == as.Date("2026-03-13"))
plot(total ~ date, data = daily, type = "s", ylab = "Signatures")
