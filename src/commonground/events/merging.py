"""Several deliveries become one log: which rows tell the same event, and in which order events of one moment stand."""
