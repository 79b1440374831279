"""How long a month is, where weeks and days are counted in months: the mean of the Gregorian calendar's, near enough."""

DAYS_A_MONTH = 365.25 / 12
WEEKS_A_MONTH = DAYS_A_MONTH / 7
