"""What our nights have taught us, for Commonground."""
