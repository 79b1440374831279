"""The practices of the product, by their short codes, in the order of the documents. Pure."""

from typing import Final

PRACTICES: Final = (
    "OWN", "TEAM", "IDEA", "LOSS", "MNGR", "FLOW", "PROC", "ROLE", "PEER", "LEAD", "CUST", "CHAN", "SEQ", "UNIT", "CULT", "BUDG", "PACE",
    "EARLY", "PHAS", "REIN", "SOFT", "TRAIN", "THRY", "NEW",
)  # fmt: skip
