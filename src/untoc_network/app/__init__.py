"""What the command line and programs that embed the library ask for: import a list, publish, settings, baseline."""
