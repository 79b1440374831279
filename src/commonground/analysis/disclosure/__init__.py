"""The disclosure gate: which results about groups of people can be told together without telling of few.

Two promises, decided exactly over everything that is shown, earlier releases included:

1. *Sums and differences.* No combination of the shown sums, with whatever factors, is about fewer people than the threshold, nor about
   none but people who did not answer.
2. *Numbers.* Counts are never below nought, and that tells more than sums do. No part of a shown group with fewer people than the
   threshold has its distribution determined, and no set of people is known to have all given one answer.
"""

from commonground.analysis.disclosure.exact import Leak, Protected, audit, protect
from commonground.analysis.disclosure.sets import Atom

__all__ = ["Atom", "Leak", "Protected", "audit", "protect"]
