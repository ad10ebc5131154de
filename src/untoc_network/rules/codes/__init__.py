"""What readers, importers and merges can say: codes with their words and examples, and no rule that runs."""
