"""Reading event logs of any tool: CSV, Parquet and XES as pieces of clean rows, without Django and without holding a file in memory."""
