"""What people ask about the data on them; everything else that is shown here belongs to other folders."""

from commonground.reports.asking import DataRequest

__all__ = ["DataRequest"]
