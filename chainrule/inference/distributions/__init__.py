"""What a text says of distributions: tables of outcomes, families, formulas over a support, and quantities of them."""
