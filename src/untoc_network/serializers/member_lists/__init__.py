"""Member lists: cells of CSV files and workbooks, what their columns mean, and the register made of them."""
