"""The numbers of assessments: scales and their scores, shares with intervals, agreement, comparisons, culture as a composition."""
