"""What readers, importers, exports, merges and the checks themselves can say: each code with all that explains it."""
