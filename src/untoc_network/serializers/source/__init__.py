"""What all that read and write files share: limits, bytes, files written whole, text to plain values with places."""
